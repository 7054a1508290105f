package io.linkwright.agent.driver;

import io.linkwright.domain.PeerConfiguration;
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
  /** One to send with, one to come, and one more if that was overtaken. */
  private static final int MAX_GENERATIONS = 3;

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
    if (next.keyVersion() == newest().keyVersion()) {
      return replaced(next);
    }
    List<KeyGeneration> all = new ArrayList<>(generations);
    all.add(next);
    if (all.size() > MAX_GENERATIONS) {
      all.remove(all.getFirst().equals(sending) ? 1 : 0);
    }
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
  RunningLink after(Names names, ProtocolObjects protocol) {
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
