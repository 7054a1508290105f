package io.linkwright.agent.driver;

import io.linkwright.agent.tunnel.FormerKeys;
import io.linkwright.domain.delivery.PeerConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A link with the keys it receives with, and the ones it sends with. Immutable.
 *
 * @param generations oldest first; all of them are received with
 * @param sending the one that is sent with
 */
record RunningLink(List<KeyGeneration> generations, KeyGeneration sending) {
  RunningLink {
    generations = List.copyOf(generations);
  }

  /** A link that sends with its keys at once. */
  static RunningLink of(KeyGeneration only) {
    return new RunningLink(List.of(only), only);
  }

  KeyGeneration newest() {
    return generations.getLast();
  }

  PeerConfiguration configuration() {
    return newest().link().configuration();
  }

  /** After new keys have come; what is sent stays as it is. */
  RunningLink renewed(KeyGeneration next) {
    if (next.revision() == newest().revision()) {
      return replaced(next);
    }
    List<KeyGeneration> all = new ArrayList<>(FormerKeys.whenRenewed(generations, sending::equals));
    all.add(next);
    return new RunningLink(all, sending);
  }

  /** The same keys once more: there is nothing to change over to. */
  private RunningLink replaced(KeyGeneration again) {
    List<KeyGeneration> all = new ArrayList<>(generations);
    KeyGeneration before = all.removeLast();
    all.add(again);
    return new RunningLink(all, before.equals(sending) ? again : sending);
  }

  /** The same with the addresses that are known now. */
  RunningLink after(EndpointAddresses names, ProtocolObjects protocol) {
    UnaryOperator<KeyGeneration> renewal = generation -> generation.after(names, protocol);
    return new RunningLink(generations.stream().map(renewal).toList(), renewal.apply(sending));
  }

  RunningLink switchedOver() {
    return new RunningLink(generations, newest());
  }

  RunningLink retired() {
    return of(newest());
  }
}
