package io.linkwright.agent.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.StateView;
import io.linkwright.agent.TestController;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.edgeprotocol.EdgeMessages;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ProtocolException;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whatever a network, a careless server or a malicious one makes of the messages, an edge ends up
 * with what the controller wants, and never runs a link that the controller has not made for it.
 */
final class DeliveryPropertiesTest {
  private static final GroupId GROUP = new GroupId("backbone");
  private static final EdgeId SELF = new EdgeId("edge-00");
  private static final int PEERS = 6;
  private static final int STEPS = 60;

  /** What the controller wants this edge to run. */
  private static final class Desired {
    private final TestController controller;
    private final Random random;
    private final Map<LinkId, LinkUpdate> links = new TreeMap<>();
    private final SignedDocument membership;

    Desired(Random random) {
      this.random = random;
      controller = new TestController(GROUP, TunnelProtocol.IPSEC, 1, random);
      membership = controller.membership(SELF);
    }

    void change() {
      EdgeId peer = new EdgeId("peer-" + random.nextInt(PEERS));
      LinkId link = LinkId.between(SELF, peer);
      if (links.containsKey(link) && random.nextInt(3) == 0) {
        links.remove(link);
        controller.elsewhere();
      } else {
        links.put(link, controller.link(SELF, peer).at(SELF));
      }
    }

    /** What a server sends to an edge that has this. */
    Config delta(Optional<Have> have) {
      Map<LinkId, Long> held = have.<Map<LinkId, Long>>map(Have::links).orElse(Map.of());
      List<LinkUpdate> set =
          links.values().stream()
              .filter(update -> !Long.valueOf(update.revision()).equals(held.get(update.link())))
              .toList();
      List<LinkId> remove =
          held.keySet().stream().filter(link -> !links.containsKey(link)).toList();
      return new Config(
          GROUP,
          "n",
          controller.revision(),
          have.isEmpty(),
          have.isEmpty() ? Optional.of(membership) : Optional.empty(),
          set,
          remove);
    }
  }

  @Test
  void duplicatesReorderingAndReplaysEndInTheDesiredState() {
    for (long seed = 1; seed <= 15; seed++) {
      Random random = new Random(seed);
      Desired desired = new Desired(random);
      ConfigurationVerifier verifier = verifierFor(desired);
      EdgeState state = new EdgeState();
      List<Config> sent = new ArrayList<>();
      Set<LinkUpdate> made = new HashSet<>();

      for (int step = 0; step < STEPS; step++) {
        desired.change();
        sent.add(desired.delta(Optional.ofNullable(state.have().get(GROUP))));
        made.addAll(sent.getLast().set());
        Config arrives =
            random.nextInt(4) == 0 ? sent.get(random.nextInt(sent.size())) : sent.getLast();
        deliver(verifier, state, arrives);
        assertThat(made)
            .as("seed %d", seed)
            .containsAll(StateView.of(state).links().getOrDefault(GROUP, Map.of()).values());
      }
      deliver(verifier, state, desired.delta(Optional.ofNullable(state.have().get(GROUP))));

      EdgeState direct = new EdgeState();
      deliver(verifierFor(desired), direct, desired.delta(Optional.empty()));
      assertThat(StateView.of(state).links())
          .as("seed %d", seed)
          .isEqualTo(StateView.of(direct).links());
      assertThat(state.have().get(GROUP).links().keySet())
          .as("seed %d", seed)
          .isEqualTo(desired.links.keySet());
    }
  }

  @Test
  void alteredMessagesNeverChangeTheStateButToWhatTheControllerSigned() throws Exception {
    for (long seed = 1; seed <= 10; seed++) {
      Random random = new Random(seed);
      Desired desired = new Desired(random);
      ConfigurationVerifier verifier = verifierFor(desired);
      EdgeState state = new EdgeState();
      deliver(verifier, state, desired.delta(Optional.empty()));
      desired.change();
      desired.change();
      Config genuine = desired.delta(Optional.of(state.have().get(GROUP)));
      String text = EdgeMessages.write(genuine);

      for (int i = 0; i < 150; i++) {
        StateView before = StateView.of(state);
        String altered = alter(text, random);
        boolean accepted = check(verifier, state, altered) instanceof Verdict.Accepted;

        assertThat(StateView.of(state)).as("seed %d", seed).isEqualTo(before);
        if (accepted) {
          assertThat(((Config) EdgeMessages.readServer(altered)).set())
              .as("seed %d: %s", seed, altered)
              .allMatch(genuine.set()::contains);
        }
      }
    }
  }

  private static Verdict check(ConfigurationVerifier verifier, EdgeState state, String text) {
    try {
      return EdgeMessages.readServer(text) instanceof Config config
          ? verifier.check(state, config)
          : new Verdict.Refused("another message");
    } catch (ProtocolException malformed) {
      return new Verdict.Refused(malformed.getMessage());
    }
  }

  /** One character becomes another that is as good in JSON and base64. */
  private static String alter(String text, Random random) {
    StringBuilder altered = new StringBuilder(text);
    int position = random.nextInt(text.length());
    altered.setCharAt(position, (char) ('0' + random.nextInt(75)));
    return altered.toString();
  }

  private static ConfigurationVerifier verifierFor(Desired desired) {
    return new ConfigurationVerifier(
        SELF, desired.controller.keysOf(SELF), desired.controller.key().publicKey());
  }

  private static void deliver(ConfigurationVerifier verifier, EdgeState state, Config config) {
    if (verifier.check(state, config) instanceof Verdict.Accepted(Plan plan)) {
      state.apply(plan);
    }
  }
}
