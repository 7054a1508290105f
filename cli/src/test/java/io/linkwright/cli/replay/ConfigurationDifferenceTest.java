package io.linkwright.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.command.log.LogRecord;
import io.linkwright.command.writer.SealedConfiguration;
import io.linkwright.command.writer.WriterMetrics;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.delivery.ConfigurationReplay;
import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.group.CommandEnvelope;
import io.linkwright.domain.group.Decider;
import io.linkwright.domain.group.Decision;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.KeySeed;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.NewMember;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.SecretSealer;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.RecordHeaders;
import io.linkwright.schemas.WireFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records as the writer makes them, held against the events that call for them. */
final class ConfigurationDifferenceTest {
  private static final GroupId WEST = new GroupId("west");
  private static final EdgeId ASH = new EdgeId("ash");
  private static final EdgeId ELM = new EdgeId("elm");
  private static final LinkId LINK = LinkId.parse("ash~elm");
  private static final EdgeConfigKey AT_ASH = EdgeConfigKey.ofLink(ASH, WEST, LINK);
  private static final EdgeConfigKey AT_ELM = EdgeConfigKey.ofLink(ELM, WEST, LINK);
  private static final EdgeConfigKey OF_ASH = EdgeConfigKey.ofMembership(ASH, WEST);
  private static final String TOPIC = LinkwrightTopics.EDGE_CONFIG.name();

  private final Serde<EdgeConfiguration> values = WireFormat.bundled().edgeConfigurations();
  private final SealedConfiguration writer =
      new SealedConfiguration(
          ControllerKey.generate(),
          new SecretSealer(),
          new WriterMetrics(new SimpleMeterRegistry()));
  private final ConfigurationReplay log = new ConfigurationReplay();
  private final Map<EdgeConfigKey, LogRecord.Configuration> written = new HashMap<>();
  private GroupState state = GroupState.absent(WEST);

  /** Revisions 1 to 4. */
  @BeforeEach
  void link() {
    run(
        new GroupCommand.CreateGroup(
            new GroupSettings(
                WEST,
                "West",
                Topology.PARTIAL_MESH,
                TunnelProtocol.WIREGUARD,
                false,
                Optional.empty(),
                Cidr.parse("10.9.0.0/24"))));
    run(new GroupCommand.AddMember(WEST, member(ASH)));
    run(new GroupCommand.AddMember(WEST, member(ELM)));
    run(new GroupCommand.AddLink(WEST, new EdgePair(ASH, ELM)));
  }

  @Test
  void whatTheWriterWritesIsWhatTheLogCallsFor() {
    assertThat(written).hasSize(4);
    assertThat(written.keySet()).allMatch(key -> between(key, read(key)).isEmpty());

    run(new GroupCommand.RemoveLink(WEST, LINK));

    assertThat(written).hasSize(4);
    assertThat(written.keySet()).allMatch(key -> between(key, read(key)).isEmpty());
    assertThat(between(AT_ASH, Optional.empty())).isEmpty();
  }

  @Test
  void whatIsMissingOrTooMuchIsSaid() {
    assertThat(between(AT_ASH, Optional.empty()))
        .contains(
            new ConfigurationDifference(
                "ash/west/ash~elm",
                ConfigurationDifference.Kind.MISSING,
                "link of revision 4, key version 1",
                "nothing"));

    Optional<WrittenConfiguration> left = read(AT_ASH);
    run(new GroupCommand.RemoveLink(WEST, LINK));
    assertThat(between(AT_ASH, left))
        .contains(
            new ConfigurationDifference(
                "ash/west/ash~elm",
                ConfigurationDifference.Kind.SURPLUS,
                "gone since revision 5",
                "link of revision 4, key version 1"));
  }

  @Test
  void whatIsOlderOrNewerThanTheLogIsSaid() {
    Optional<WrittenConfiguration> before = read(AT_ELM);
    run(new GroupCommand.RekeyLink(WEST, LINK));
    assertThat(between(AT_ELM, before))
        .contains(
            new ConfigurationDifference(
                "elm/west/ash~elm",
                ConfigurationDifference.Kind.OLDER,
                "link of revision 5, key version 2",
                "link of revision 4, key version 1, other key version, tunnels"));

    assertThat(between(AT_ELM, tombstone(3)).map(ConfigurationDifference::kind))
        .contains(ConfigurationDifference.Kind.OLDER);
    assertThat(between(AT_ELM, tombstone(6)).map(ConfigurationDifference::kind))
        .contains(ConfigurationDifference.Kind.NEWER);
    run(new GroupCommand.RemoveLink(WEST, LINK));
    assertThat(between(AT_ELM, tombstone(5)).map(ConfigurationDifference::kind))
        .contains(ConfigurationDifference.Kind.OLDER);
    assertThat(between(AT_ELM, tombstone(7)).map(ConfigurationDifference::topic))
        .contains("tombstone of revision 7");
  }

  @Test
  void anotherDocumentAtTheSameRevisionIsSaid() {
    ConfigurationDifferenceTest elsewhere = new ConfigurationDifferenceTest();
    elsewhere.link();

    assertThat(between(AT_ASH, elsewhere.read(AT_ASH)).map(ConfigurationDifference::topic))
        .contains("link of revision 4, key version 1, other tunnels");
    assertThat(between(OF_ASH, elsewhere.read(OF_ASH)))
        .contains(
            new ConfigurationDifference(
                "ash/west/",
                ConfigurationDifference.Kind.OTHER,
                "membership of revision 2",
                "membership of revision 2, other identity"));
  }

  @Test
  void aRecordThatNoWriterMakesIsSaid() {
    EdgeConfiguration ash = written.get(AT_ASH).value().orElseThrow();
    EdgeConfiguration elm = written.get(AT_ELM).value().orElseThrow();
    EdgeConfiguration swapped =
        new EdgeConfiguration(AT_ASH, ash.revision(), ash.document(), elm.secrets());

    assertThat(defect(AT_ASH, 4, values.serializer().serialize(TOPIC, swapped)))
        .isEqualTo("its secrets are not those that its document names");
    assertThat(defect(AT_ASH, 4, values.serializer().serialize(TOPIC, elm)))
        .isEqualTo("it is about elm/west/ash~elm");
    assertThat(defect(AT_ASH, 3, values.serializer().serialize(TOPIC, ash)))
        .isEqualTo("its revision is 4, and 3 in its header");
    assertThat(defect(AT_ASH, 4, "?".getBytes(StandardCharsets.UTF_8))).isNotBlank();
    ConsumerRecord<byte[], byte[]> bare = new ConsumerRecord<>(TOPIC, 0, 0, new byte[0], null);
    assertThat(WrittenConfiguration.of(AT_ASH, bare, values.deserializer()))
        .isEqualTo(
            new WrittenConfiguration.Defective("it has no header " + RecordHeaders.REVISION));
  }

  private Optional<ConfigurationDifference> between(
      EdgeConfigKey key, Optional<WrittenConfiguration> record) {
    return ConfigurationDifference.between(key, log, record, state.revision());
  }

  private Optional<WrittenConfiguration> read(EdgeConfigKey key) {
    LogRecord.Configuration last = written.get(key);
    byte[] value =
        last.value().map(known -> values.serializer().serialize(TOPIC, known)).orElse(null);
    return Optional.of(read(key, last.revision(), value));
  }

  private WrittenConfiguration read(EdgeConfigKey key, long revision, byte[] value) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(TOPIC, 0, 0, key.toString().getBytes(StandardCharsets.UTF_8), value);
    record.headers().add(RecordHeaders.revision(revision));
    return WrittenConfiguration.of(key, record, values.deserializer());
  }

  private static Optional<WrittenConfiguration> tombstone(long revision) {
    return Optional.of(new WrittenConfiguration.Tombstone(revision));
  }

  private String defect(EdgeConfigKey key, long revision, byte[] value) {
    ConfigurationDifference difference =
        between(key, Optional.of(read(key, revision, value))).orElseThrow();
    assertThat(difference.kind()).isEqualTo(ConfigurationDifference.Kind.DEFECTIVE);
    return difference.topic();
  }

  private static NewMember member(EdgeId edge) {
    return new NewMember(
        edge,
        edge.value(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.of(EdgeKeys.generate().publicKeysFor(TunnelProtocol.WIREGUARD)));
  }

  private void run(GroupCommand command) {
    KeySeed seed = new KeySeed(new byte[KeySeed.LENGTH_BYTES]);
    CommandEnvelope envelope =
        new CommandEnvelope(
            command,
            "command-" + state.revision(),
            "tester",
            Instant.EPOCH,
            OptionalLong.empty(),
            seed);
    Decision.Accepted accepted = (Decision.Accepted) Decider.decide(state, envelope);
    for (Decision.Step step : accepted.steps()) {
      state = step.after();
      log.apply(step.event());
      writer
          .signed(writer.draftOf(step.event(), state, seed).stream().toList())
          .forEach(record -> written.put(record.key(), record));
    }
  }
}
