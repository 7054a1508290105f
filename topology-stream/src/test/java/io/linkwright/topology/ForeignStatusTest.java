package io.linkwright.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.RevokedLinks;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.WireFormat;
import io.linkwright.schemas.avro.EdgeStatusReported;
import io.linkwright.schemas.avro.LinkStatusRecord;
import io.linkwright.schemas.avro.TunnelStateKind;
import io.linkwright.schemas.avro.TunnelStatusRecord;
import io.linkwright.topology.view.StatusRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands on {@code linkwright.edge-status} stops nothing, and counts for members alone. */
final class ForeignStatusTest {
  private static final String STATUSES = LinkwrightTopics.EDGE_STATUS.name();
  private static final long ACKNOWLEDGED = 77_777_777;
  private static final int INVENTED = 100_000;

  /** Marker and fingerprint of Avro's single-object encoding. */
  private static final int SINGLE_OBJECT_HEADER_BYTES = 10;

  /** Zero and the id of the schema. */
  private static final int CONFLUENT_HEADER_BYTES = 5;

  private static final EdgeId A = new EdgeId("a");

  @TempDir private Path stateDir;
  private final GroupHistory history = new GroupHistory("backbone");
  private ViewFixture fixture;

  @BeforeEach
  void start() {
    fixture = new ViewFixture(stateDir);
    history.create(Topology.PARTIAL_MESH, TunnelProtocol.IPSEC).members("a", "b", "c");
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void whatIsNoStatusOfOursIsPassedOver() {
    fixture.apply(history);
    fixture.pipeForeign(STATUSES, utf8("backbone/a"), utf8("garbage"));
    fixture.pipeForeign(STATUSES, utf8("no-slash"), null);
    fixture.pipeForeign(STATUSES, utf8("backbone/A b"), null);
    fixture.pipeForeign(STATUSES, utf8("/"), null);
    fixture.pipeForeign(STATUSES, null, null);
    fixture.pipeForeign(STATUSES, new byte[] {-1, '/', -2}, utf8("x"));
    fixture.pipeForeign(STATUSES, utf8("backbone/a"), new byte[] {0, 0, 0, 9, 9, 1});
    assertThat(fixture.metric("linkwright.topology.records.passed.over", "topic", STATUSES))
        .isEqualTo(7);
    fixture.hear(status("a", 3, List.of()));
    assertThat(heard()).isPresent();
  }

  @Test
  void aStatusThatSaysWhatCannotBeIsPassedOver() {
    fixture.apply(history);
    fixture.hear(status("a", 3, List.of()));
    byte[] impossible = impossibleStatus();
    fixture.pipeForeign(STATUSES, utf8("backbone/a"), impossible);
    assertThat(heard().orElseThrow().heard().acknowledgedRevision()).isEqualTo(3);
    assertThat(fixture.metric("linkwright.topology.records.passed.over", "topic", STATUSES))
        .isEqualTo(1);
  }

  @Test
  void aStatusAboutTheLinksOfOthersIsPassedOver() throws Exception {
    fixture.apply(history);
    fixture.hear(status("a", 3, List.of()));
    List<TunnelStatusRecord> ofOthers =
        List.of(
            new TunnelStatusRecord("a~b", 0, TunnelStateKind.UP),
            new TunnelStatusRecord("b~c", 0, TunnelStateKind.UP));

    fixture.pipeForeign(STATUSES, utf8("backbone/a"), foreignStatus(ofOthers, List.of()));

    requirePassedOver(1);
  }

  @Test
  void aStatusOfMoreTunnelsThanCanBeIsPassedOver() throws Exception {
    fixture.apply(history);
    fixture.hear(status("a", 3, List.of()));
    List<TunnelStatusRecord> tunnels =
        IntStream.range(0, INVENTED)
            .mapToObj(peer -> new TunnelStatusRecord("a~p" + peer, 0, TunnelStateKind.DOWN))
            .toList();
    List<LinkStatusRecord> links =
        IntStream.range(0, INVENTED)
            .mapToObj(peer -> new LinkStatusRecord("p" + peer, TunnelStateKind.DOWN, null, null))
            .toList();

    fixture.pipeForeign(STATUSES, utf8("backbone/a"), foreignStatus(tunnels, List.of()));
    fixture.pipeForeign(STATUSES, utf8("backbone/a"), foreignStatus(List.of(), links));

    requirePassedOver(2);
  }

  @Test
  void aStatusOfManyTunnelsIsKept() {
    fixture.apply(history);
    fixture.hear(status("a", 3, tunnels(16_000)));
    assertThat(heard().orElseThrow().heard().tunnels()).hasSize(16_000);
  }

  @Test
  void aStatusOfAnEdgeThatIsNoMemberIsNotKept() {
    fixture.apply(history.events().get(0));
    fixture.hear(status("a", 3, List.of()));
    fixture.advance(EarlyStatuses.KEPT_FOR.plusSeconds(10));
    fixture.apply(history);
    fixture.advance(Duration.ofSeconds(10));
    assertThat(heard()).isEmpty();
  }

  @Test
  void aStatusThatIsAheadOfItsMemberIsTakenInWithIt() {
    fixture.hear(status("a", 3, List.of()));
    fixture.apply(history);
    fixture.advance(Duration.ofSeconds(10));
    assertThat(heard()).isPresent();
  }

  @Test
  void theRowOfAMemberThatWentOrWasRevokedIsNotTheNextOnes() {
    fixture.apply(history);
    fixture.hear(status("a", 3, List.of()));
    history.accepted(new GroupCommand.RevokeMember(history.id(), A, RevokedLinks.KEEP));
    fixture.apply(history);
    assertThat(heard()).isEmpty();
  }

  /** What was heard before stands, and what comes after is heard. */
  private void requirePassedOver(int count) {
    assertThat(fixture.metric("linkwright.topology.records.passed.over", "topic", STATUSES))
        .isEqualTo(count);
    assertThat(heard().orElseThrow().heard().acknowledgedRevision()).isEqualTo(3);
    assertThat(heard().orElseThrow().heard().tunnels()).isEmpty();
    fixture.hear(status("a", 4, tunnels(2)));
    assertThat(heard().orElseThrow().heard().acknowledgedRevision()).isEqualTo(4);
    assertThat(heard().orElseThrow().heard().tunnels()).hasSize(2);
  }

  private Optional<StatusRecord> heard() {
    return fixture.view().status(history.id(), A);
  }

  private static List<TunnelStatus> tunnels(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            index ->
                new TunnelStatus(
                    LinkId.between(A, new EdgeId("peer-" + "x".repeat(52) + index / 2)),
                    index % 2,
                    TunnelState.UP))
        .toList();
  }

  private EdgeStatus status(String edge, long acknowledged, List<TunnelStatus> tunnels) {
    return new EdgeStatus(
        history.id(),
        new EdgeId(edge),
        "connection",
        GroupHistory.START,
        true,
        acknowledged,
        Optional.empty(),
        tunnels,
        GroupHistory.START.plusSeconds(acknowledged));
  }

  /** As it stands on the topic: the domain may refuse to make one. */
  private byte[] impossibleStatus() {
    byte[] bytes =
        WireFormat.bundled()
            .edgeStatuses()
            .serializer()
            .serialize(STATUSES, status("a", ACKNOWLEDGED, List.of()));
    int at = indexOf(bytes, zigZag(ACKNOWLEDGED));
    bytes[at]--;
    return bytes;
  }

  /** As a producer writes it that knows the schema and none of the rules. */
  private byte[] foreignStatus(List<TunnelStatusRecord> tunnels, List<LinkStatusRecord> links)
      throws IOException {
    byte[] ours =
        WireFormat.bundled()
            .edgeStatuses()
            .serializer()
            .serialize(STATUSES, status("a", ACKNOWLEDGED, List.of()));
    ByteBuffer value =
        new EdgeStatusReported(
                history.id().value(),
                "a",
                "stranger",
                GroupHistory.START,
                true,
                true,
                ACKNOWLEDGED,
                null,
                tunnels,
                List.of(),
                links,
                GroupHistory.START)
            .toByteBuffer()
            .position(SINGLE_OBJECT_HEADER_BYTES);
    return ByteBuffer.allocate(CONFLUENT_HEADER_BYTES + value.remaining())
        .put(ours, 0, CONFLUENT_HEADER_BYTES)
        .put(value)
        .array();
  }

  /** As Avro writes a long: the number below is the negative one. */
  private static byte[] zigZag(long value) {
    long rest = value << 1;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (rest >= 0x80) {
      bytes.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes.write((int) rest);
    return bytes.toByteArray();
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    return IntStream.range(0, bytes.length - part.length)
        .filter(at -> Arrays.equals(bytes, at, at + part.length, part, 0, part.length))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
