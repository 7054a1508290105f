package io.linkwright.command.writer;

import static io.linkwright.command.writer.GroupCommands.GROUP;
import static io.linkwright.command.writer.GroupCommands.execute;
import static io.linkwright.command.writer.GroupCommands.link;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.command.kafka.KafkaEventLog;
import io.linkwright.command.kafka.KafkaSettings;
import io.linkwright.command.log.AppendOutcome;
import io.linkwright.command.log.InMemoryEventLog;
import io.linkwright.command.log.LogRecord;
import io.linkwright.command.log.PartitionLog;
import io.linkwright.domain.group.FoldedLog;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.Limits;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.NewMember;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.SecretSealer;
import io.linkwright.embedded.EmbeddedKafka;
import io.linkwright.embedded.EmbeddedKafkaConfig;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.LogKey;
import io.linkwright.schemas.TopicLayout;
import io.linkwright.schemas.WireFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The largest command that is legal leaves in one transaction of the real broker. */
@Tag("broker")
final class LargestCommandTest {
  private static final Logger LOG = LoggerFactory.getLogger(LargestCommandTest.class);
  private static final ControllerKey KEY = ControllerKey.generate();

  @TempDir private Path directory;

  @Test
  void asManyRecordsAsOneCommandMayHaveAreCommitted() {
    // A link with two tunnels and the configuration of both its ends, over and over.
    List<LogRecord> link = recordsOfOneLink();
    List<LogRecord> records = new ArrayList<>();
    for (int i = 0; i < Limits.MAX_EVENTS_PER_COMMAND; i++) {
      records.addAll(link);
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(new EmbeddedKafkaConfig(directory, 0));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      LinkwrightTopics.ensure(admin, new TopicLayout(1, (short) 1, 1));
      PartitionLog log =
          KafkaEventLog.open(
                  new KafkaSettings(Map.of("bootstrap.servers", kafka.bootstrapServers())),
                  WireFormat.bundled(),
                  admin,
                  KEY.publicKey().keyId(),
                  new LogKey(KEY.derive(LogKey.PURPOSE)))
              .claim(0);
      long start = System.nanoTime();

      log.replay(record -> assertThat(record).as("nothing stands there").isNull());
      log.send(records, new FoldedLog(log.seals())::head);
      log.arrive(stranger -> assertThat(stranger).as("nobody else writes").isNull());
      AppendOutcome outcome = log.commit();

      LOG.info(
          "records={} elapsed_ms={}",
          records.size(),
          Duration.ofNanos(System.nanoTime() - start).toMillis());
      assertThat(outcome).isInstanceOf(AppendOutcome.Committed.class);
      log.close();
    }
  }

  private static List<LogRecord> recordsOfOneLink() {
    WriterMetrics metrics = new WriterMetrics(new SimpleMeterRegistry());
    InMemoryEventLog log = InMemoryEventLog.reliable(1);
    WriterProtocol writer =
        new WriterProtocol(
            0,
            log,
            new SealedConfiguration(KEY, new SecretSealer(), metrics),
            WriterLimits.DEFAULT,
            metrics);
    writer.claim();
    write(
        writer,
        new GroupCommand.CreateGroup(
            new GroupSettings(
                GROUP,
                "Red",
                Topology.PARTIAL_MESH,
                TunnelProtocol.IPSEC,
                true,
                Optional.empty(),
                GroupSettings.DEFAULT_ADDRESS_POOL)));
    for (String edge : List.of("a", "b")) {
      write(
          writer,
          new GroupCommand.AddMember(
              GROUP,
              new NewMember(
                  new EdgeId(edge),
                  edge,
                  Optional.empty(),
                  List.of(),
                  Optional.empty(),
                  Optional.of(EdgeKeys.generate().publicKeys()))));
    }
    write(writer, link("a", "b"));
    writer.close();
    List<LogRecord> records = log.transactions(0).getLast();
    assertThat(records).hasSize(3);
    return records;
  }

  private static void write(WriterProtocol writer, GroupCommand command) {
    Submission submission = execute(command.toString(), command);
    writer.write(submission, Optional::empty);
    writer.finish();
    assertThat(submission.answer())
        .isCompletedWithValueMatching(CommandAnswer.Done.class::isInstance);
  }
}
