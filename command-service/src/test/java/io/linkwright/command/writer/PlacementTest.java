package io.linkwright.command.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.command.log.InMemoryEventLog;
import io.linkwright.command.log.LoggedRecord;
import io.linkwright.command.log.UnclaimableLogException;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.schemas.Partitioning;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Partitions added to a live topic would split groups between two writers. */
final class PlacementTest {
  private static final int FORMER = 4;

  private static InMemoryEventLog logOf(int partitions) {
    InMemoryEventLog log = InMemoryEventLog.reliable(partitions);
    for (int number = 0; number < 40; number++) {
      GroupId group = new GroupId("group-" + number);
      RecordedEvent created =
          new RecordedEvent(
              new UUID(1, number),
              group,
              1,
              Instant.EPOCH,
              "ops",
              "c" + number,
              new GroupEvent.GroupCreated(
                  new GroupSettings(
                      group,
                      "Group",
                      Topology.MESH,
                      TunnelProtocol.IPSEC,
                      false,
                      Optional.empty(),
                      GroupSettings.DEFAULT_ADDRESS_POOL)));
      log.former(Partitioning.ofGroup(group, FORMER), created);
    }
    return log;
  }

  private static WriterProtocol writer(InMemoryEventLog log, int partition) {
    return new WriterProtocol(
        partition,
        log,
        new PlainConfiguration(),
        WriterLimits.DEFAULT,
        new WriterMetrics(new SimpleMeterRegistry()));
  }

  @Test
  void aTopicThatGotMorePartitionsIsNotClaimed() {
    for (int partition = 0; partition < FORMER; partition++) {
      WriterProtocol writer = writer(logOf(6), partition);

      assertThatThrownBy(writer::claim)
          .isInstanceOf(UnclaimableLogException.class)
          .hasMessageContaining("has 6 partitions")
          .hasMessageContaining("where 4 partitions put them");
    }
  }

  /** Two writers would change the group, and sign for it, if both took it for theirs. */
  @Test
  void aGroupThatAStrangerCopiedFromAnotherPartitionIsForgotten() {
    InMemoryEventLog log = logOf(FORMER);
    LoggedRecord.Event copied = (LoggedRecord.Event) log.records(0).getFirst();
    log.intrude(1, offset -> copy(copied, offset));

    WriterProtocol writer = writer(log, 1);
    writer.claim();

    assertThat(writer.phase())
        .isInstanceOfSatisfying(
            WriterProtocol.Phase.Owner.class,
            owner ->
                assertThat(owner.state().activeGroups().map(GroupState.Active::id))
                    .isNotEmpty()
                    .doesNotContain(copied.event().group()));
    log.intrude(1, offset -> copy(copied, offset));
    writer.look();
    assertThat(writer.damagedGroups()).isZero();
  }

  private static LoggedRecord copy(LoggedRecord.Event copied, long offset) {
    return new LoggedRecord.Event(offset, copied.key(), copied.event(), copied.seal());
  }

  @Test
  void aTopicAsItWasIsClaimed() {
    for (int partition = 0; partition < FORMER; partition++) {
      WriterProtocol writer = writer(logOf(FORMER), partition);

      writer.claim();

      assertThat(writer.phase()).isInstanceOf(WriterProtocol.Phase.Owner.class);
    }
  }
}
