package io.linkwright.cli.applying;

import io.linkwright.cli.group.Rehearsal;
import io.linkwright.domain.group.Rejection;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rehearses steps: those that would be refused where they stand wait for the others, as a new
 * member waits until one that leaves has made room.
 */
final class StepOrder {
  /** Each round does what it can; a real difference is done after two. */
  private static final int MAX_ROUNDS = 8;

  private StepOrder() {}

  private record Waiting(Step step, Rejection reason) {}

  /**
   * The steps in an order in which the server takes each of them.
   *
   * @throws GroupFileException with the place in the file, if it would refuse one in any order
   */
  static List<Step> of(List<Step> steps, Rehearsal rehearsal, WantedGroup wanted)
      throws GroupFileException {
    List<Step> ordered = new ArrayList<>();
    List<Step> left = steps;
    for (int round = 1; ; round++) {
      List<Waiting> waiting = new ArrayList<>();
      for (Step step : left) {
        Optional<Rejection> refused = refusal(step, rehearsal);
        if (refused.isPresent()) {
          waiting.add(new Waiting(step, refused.get()));
        } else {
          ordered.add(step);
        }
      }
      if (waiting.isEmpty()) {
        return ordered;
      }
      if (waiting.size() == left.size() || round == MAX_ROUNDS) {
        Waiting first = waiting.getFirst();
        throw wanted.placeOf(first.step(), first.reason().field()).refused(first.reason().detail());
      }
      left = waiting.stream().map(Waiting::step).toList();
    }
  }

  private static Optional<Rejection> refusal(Step step, Rehearsal rehearsal) {
    return switch (step) {
      case Step.CreateGroup(var settings) -> rehearsal.create(settings);
      case Step.ChangeGroup(_, var to) -> rehearsal.change(to);
      case Step.RemoveMember(EdgeId edge, int _) -> rehearsal.removeMember(edge);
      case Step.ChangeMember(EdgeId edge, _, var to, var keys) ->
          rehearsal.changeMember(edge, to, keys);
      case Step.AddMember(EdgeId edge, var properties, var keys) ->
          rehearsal.addMember(edge, properties, keys);
      case Step.RemoveLink(LinkId link) -> rehearsal.removeLink(link);
      case Step.AddLink(LinkId link) -> rehearsal.addLink(link);
    };
  }
}
