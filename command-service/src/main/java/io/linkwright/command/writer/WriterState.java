package io.linkwright.command.writer;

import io.linkwright.domain.Evolver;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.GroupState;
import io.linkwright.domain.RecordedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the committed events of a partition make: its groups and the receipts of its latest
 * commands. Drafts read it; only replay and committed drafts change it. Owned by the writer's
 * thread.
 */
public final class WriterState {
  private final Map<GroupId, GroupState> groups = new HashMap<>();
  private final ReceiptWindow receipts;

  /** Events of the command that the replay is in the midst of; all have the same key. */
  private final List<RecordedEvent> current = new ArrayList<>();

  WriterState(int maxReceipts) {
    this.receipts = new ReceiptWindow(maxReceipts);
  }

  /** Takes one event of the log; {@link #endReplay} after the last. */
  void replay(RecordedEvent event) {
    groups.put(event.group(), Evolver.evolve(group(event.group()), event));
    if (!current.isEmpty() && !keyOf(current.getFirst()).equals(keyOf(event))) {
      endReplay();
    }
    current.add(event);
  }

  /** Nothing more of the command that was replayed last will come. */
  void endReplay() {
    if (!current.isEmpty()) {
      receipts.put(keyOf(current.getFirst()), Receipts.ofEvents(current));
      current.clear();
    }
  }

  /** The group, absent if there are no events of it. */
  GroupState group(GroupId id) {
    GroupState state = groups.get(id);
    return state == null ? GroupState.absent(id) : state;
  }

  /** The groups that exist, in no order. */
  Stream<GroupState.Active> activeGroups() {
    return groups.values().stream()
        .filter(GroupState.Active.class::isInstance)
        .map(GroupState.Active.class::cast);
  }

  /** The receipt of an earlier command under the same key, as far back as the window goes. */
  Optional<Receipt> receipt(CommandKey key) {
    return receipts.find(key);
  }

  /** Takes over what a committed transaction has changed, receipts in the order of the log. */
  void publish(Map<GroupId, GroupState> changed, Map<CommandKey, Receipt> done) {
    groups.putAll(changed);
    done.forEach(receipts::put);
  }

  private static CommandKey keyOf(RecordedEvent event) {
    return new CommandKey(event.group(), event.commandId());
  }
}
