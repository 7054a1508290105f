package io.linkwright.command.writer;

import io.linkwright.command.log.LoggedRecord;
import io.linkwright.command.log.UnclaimableLogException;
import io.linkwright.domain.group.EventSeal;
import io.linkwright.domain.group.FoldedGroup;
import io.linkwright.domain.group.FoldedLog;
import io.linkwright.domain.group.GroupDefect;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.LogHead;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.SealCheck;
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
  private final int partitions;
  private final WriterMetrics metrics;
  private final FoldedLog log;
  private final ReceiptWindow receipts;
  private final RenewalBudget renewals = new RenewalBudget();

  /** Events of the command that the replay is in the midst of; all have the same key. */
  private final List<RecordedEvent> current = new ArrayList<>();

  private int told;

  /**
   * Nothing is replayed yet.
   *
   * @param partitions of the log
   * @param seals what an event must pass
   */
  WriterState(
      int partition, int partitions, SealCheck seals, WriterLimits limits, WriterMetrics metrics) {
    this.partition = partition;
    this.partitions = partitions;
    this.log = new FoldedLog(seals);
    this.metrics = metrics;
    this.receipts =
        new ReceiptWindow(limits.maxReceipts(), limits.maxReceiptBytes(), limits.leastReceiptAge());
  }

  /** Takes one record of the log; {@link #endReplay} after the last. */
  void replay(LoggedRecord record) {
    Optional<GroupId> _ = take(record);
  }

  /**
   * Takes a record that somebody else has written while the partition is claimed. Says which group
   * it is of; none if it harms nobody.
   */
  Optional<GroupId> takeStranger(LoggedRecord record) {
    Optional<GroupId> touched = take(record);
    endReplay();
    Optional<GroupId> misplaced = touched.filter(this::isMisplaced);
    misplaced.ifPresent(log::forget);
    return misplaced.isPresent() ? Optional.empty() : touched;
  }

  private Optional<GroupId> take(LoggedRecord record) {
    return switch (record) {
      case LoggedRecord.Event(long offset, String key, RecordedEvent event, EventSeal seal) -> {
        Succession succession = log.take(key, event, seal, partition, offset);
        replay(offset, event, succession);
        yield succession instanceof Succession.Stray
            ? Optional.empty()
            : Optional.of(event.group());
      }
      case LoggedRecord.Unknown(long offset, String key, String why) -> {
        Optional<GroupId> group = log.takeUnknown(key, why, partition, offset);
        group.ifPresentOrElse(id -> damaged(offset, id, why), () -> passedOver(offset, why));
        yield group;
      }
      case LoggedRecord.Foreign(long offset, String why) -> {
        passedOver(offset, why);
        yield Optional.empty();
      }
    };
  }

  private void replay(long offset, RecordedEvent event, Succession succession) {
    switch (succession) {
      case Succession.Next _ -> add(event);
      case Succession.Defective(GroupDefect defect) ->
          damaged(offset, event.group(), defect.detail());
      case Succession.Stray(String why) -> passedOver(offset, why);
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
   * Checks that groups stand where commands for them are sent. A few that do not are a stranger's,
   * copied from another partition perhaps: they are forgotten.
   *
   * @throws UnclaimableLogException if they stand where fewer partitions put them: those of a group
   *     would go to two writers, and it would live twice
   */
  void requirePlaced() {
    List<GroupId> placed =
        log.groups()
            .filter(group -> group.state().revision() > 0)
            .map(group -> group.state().id())
            .toList();
    long misplaced = placed.stream().filter(this::isMisplaced).count();
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
    log.groups()
        .map(group -> group.state().id())
        .filter(this::isMisplaced)
        .toList()
        .forEach(log::forget);
  }

  private boolean isMisplaced(GroupId id) {
    return Partitioning.ofGroup(id, partitions) != partition;
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
    return log.groups()
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

  /** Where the chain of the group's events stands. */
  LogHead head(GroupId id) {
    return log.head(id);
  }

  /**
   * Takes over what a committed transaction has changed, receipts in the order of the log.
   *
   * @param heads of the groups that it has changed
   */
  void publish(
      Map<GroupId, GroupState> changed,
      Map<GroupId, LogHead> heads,
      Map<CommandKey, Receipt> done) {
    changed.forEach((id, state) -> log.put(FoldedGroup.of(state), heads.get(id)));
    done.forEach(receipts::put);
  }

  private static CommandKey keyOf(RecordedEvent event) {
    return new CommandKey(event.group(), event.commandId());
  }
}
