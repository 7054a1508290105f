package io.linkwright.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.id.Revision;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LargestStatusTest {
  private static final int ONE_MEBIBYTE = 1 << 20;
  private static final String TOPIC = LinkwrightTopics.EDGE_STATUS.name();

  @Test
  void theStatusOfAHubWithEightThousandDualLinksFitsIntoWhatEveryBrokerTakes() {
    assertThat(bytes(8_000)).hasSizeLessThan(ONE_MEBIBYTE);
  }

  @Test
  void theLargestStatusThatCanBeFitsByFar() {
    assertThat(bytes(EdgeStatus.MAX_LINKS))
        .hasSizeLessThan(LinkwrightTopics.MAX_EDGE_STATUS_BYTES / 4);
  }

  private static byte[] bytes(int links) {
    return WireFormat.bundled().edgeStatuses().serializer().serialize(TOPIC, hub(links));
  }

  /** Everything as long as it may be. */
  private static EdgeStatus hub(int links) {
    EdgeId hub = new EdgeId("h".repeat(63));
    List<LinkId> all =
        IntStream.range(0, links)
            .mapToObj(i -> LinkId.between(hub, new EdgeId("s".repeat(57) + "%06d".formatted(i))))
            .toList();
    return new EdgeStatus(
        new GroupId("g".repeat(63)),
        hub,
        "c".repeat(64),
        Instant.parse("2026-03-01T12:00:00Z"),
        true,
        true,
        Revision.MAX,
        Optional.of("漢".repeat(EdgeStatus.MAX_ERROR_LENGTH)),
        all.stream()
            .flatMap(
                link ->
                    IntStream.range(0, 2)
                        .mapToObj(index -> new TunnelStatus(link, index, TunnelState.UNKNOWN)))
            .toList(),
        all.stream().map(link -> new KeyChange(link, Revision.MAX, Revision.MAX)).toList(),
        Instant.parse("2026-03-01T12:00:00Z"));
  }
}
