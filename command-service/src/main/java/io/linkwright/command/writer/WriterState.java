package io.linkwright.command.writer;

import io.linkwright.command.log.LoggedRecord;
import io.linkwright.command.log.UnclaimableLogException;
import io.linkwright.domain.group.FoldedGroup;
import io.linkwright.domain.group.FoldedLog;
import io.linkwright.domain.group.GroupDefect;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.Succession;
import io.linkwright.domain.id.GroupId;
import io.linkwright.schemas.Partitioning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the committed records of a partition make: its groups, those too that stand still at damage
 * of their log, and the receipts of its latest commands. A record that no writer of ours wrote
 * harms nobody: it is passed over and counted. Drafts read it; only replay and committed drafts
 * change it. Owned by the writer's thread.
 */
public final class WriterState {
  private static final Logger LOG = LoggerFactory.getLogger(WriterState.class);

  /** Records passed over, and groups that stand still, that a replay tells one by one. */
  private static final int MAX_TOLD = 20;

  private final int partition;
  private final WriterMetrics metrics;
  private final FoldedLog log = new FoldedLog();
  private final ReceiptWindow receipts;
  private final RenewalBudget renewals = new RenewalBudget();

  /** Events of the command that the replay is in the midst of; all have the same key. */
  private final List<RecordedEvent> current = new ArrayList<>();

  private int told;

  WriterState(int partition, WriterLimits limits, WriterMetrics metrics) {
    this.partition = partition;
    this.metrics = metrics;
    this.receipts =
        new ReceiptWindow(limits.maxReceipts(), limits.maxReceiptBytes(), limits.leastReceiptAge());
  }

  /** Takes one record of the log; {@link #endReplay} after the last. */
  void replay(LoggedRecord record) {
    switch (record) {
      case LoggedRecord.Event(long offset, String key, RecordedEvent event) ->
          replay(offset, event, log.take(key, event, partition, offset));
      case LoggedRecord.Unknown(long offset, String key, String why) ->
          log.takeUnknown(key, why, partition, offset)
              .ifPresentOrElse(group -> damaged(offset, group, why), () -> passedOver(offset, why));
      case LoggedRecord.Foreign(long offset, String why) -> passedOver(offset, why);
    }
  }

  private void replay(long offset, RecordedEvent event, Succession succession) {
    switch (succession) {
      case Succession.Next _ -> add(event);
      case Succession.Defective(GroupDefect defect) ->
          damaged(offset, event.group(), defect.detail());
      case Succession.Stray(String why) -> passedOver(offset, why);
      case Succession.Repeated() -> passedOver(offset, "the same event as the one before it");
      case Succession.SetAside() -> {
        // Told with the damage at which the group stands still.
      }
    }
  }

  private void add(RecordedEvent event) {
    if (!current.isEmpty() && !keyOf(current.getFirst()).equals(keyOf(event))) {
      endReplay();
    }
    current.add(event);
  }

  private void damaged(long offset, GroupId group, String why) {
    if (told++ < MAX_TOLD) {
      LOG.error(
          "group is damaged and stands still partition={} offset={} group={} reason={}",
          partition,
          offset,
          group,
          why);
    }
  }

  private void passedOver(long offset, String why) {
    metrics.passedOver();
    if (told++ < MAX_TOLD) {
      LOG.warn("record passed over partition={} offset={} reason={}", partition, offset, why);
    }
  }

  /** Nothing more of the command that was replayed last will come. */
  void endReplay() {
    if (!current.isEmpty()) {
      receipts.put(keyOf(current.getFirst()), Receipts.ofEvents(current));
      current.clear();
    }
  }

  /**
   * Checks that groups stand where commands for them are sent.
   *
   * @throws UnclaimableLogException if they stand where fewer partitions put them: those of a group
   *     would go to two writers, and it would live twice
   */
  void requirePlaced(int partitions) {
    List<GroupId> placed =
        log.groups().stream()
            .filter(group -> group.state().revision() > 0)
            .map(group -> group.state().id())
            .toList();
    long misplaced =
        placed.stream().filter(id -> Partitioning.ofGroup(id, partitions) != partition).count();
    // One partition would explain any group: a stranger's few are not worth the claim.
    int fewest = 2 * misplaced >= placed.size() ? 1 : 2;
    for (int fewer = partitions - 1;
        misplaced > 0 && fewer >= Math.max(fewest, partition + 1);
        fewer--) {
      int former = fewer;
      if (placed.stream().allMatch(id -> Partitioning.ofGroup(id, former) == partition)) {
        throw new UnclaimableLogException(
            ("the log has %d partitions, and its groups stand where %d partitions put them: the"
                    + " number never changes. Make the topic anew with as many, from a backup")
                .formatted(partitions, former));
      }
    }
  }

  /** The group, absent and sound if there are no records of it. */
  FoldedGroup group(GroupId id) {
    return log.group(id);
  }

  /** What devices may ask for. */
  RenewalBudget renewals() {
    return renewals;
  }

  /** The groups that exist and go on, in no order. */
  Stream<GroupState.Active> activeGroups() {
    return log.groups().stream()
        .filter(group -> group.damage().isEmpty())
        .map(FoldedGroup::state)
        .filter(GroupState.Active.class::isInstance)
        .map(GroupState.Active.class::cast);
  }

  /** Groups that stand still. */
  int damagedGroups() {
    return log.damaged();
  }

  /** The receipt of an earlier command under the same key, as far back as the window goes. */
  Optional<Receipt> receipt(CommandKey key) {
    return receipts.find(key);
  }

  /** The same, if it was written when the log had the clients' keys themselves, and no digests. */
  Optional<Receipt> formerReceipt(CommandKey key) {
    return receipts.find(key).filter(receipt -> receipt.digest().isEmpty());
  }

  /** Takes over what a committed transaction has changed, receipts in the order of the log. */
  void publish(Map<GroupId, GroupState> changed, Map<CommandKey, Receipt> done) {
    changed.values().forEach(state -> log.put(FoldedGroup.of(state)));
    done.forEach(receipts::put);
  }

  private static CommandKey keyOf(RecordedEvent event) {
    return new CommandKey(event.group(), event.commandId());
  }
}
