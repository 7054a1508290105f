package io.linkwright.agent;

import io.linkwright.agent.configuration.ConfigurationVerifier;
import io.linkwright.agent.configuration.EdgeState;
import io.linkwright.agent.configuration.HeldGroup;
import io.linkwright.agent.configuration.HeldLink;
import io.linkwright.agent.configuration.KeyChanges;
import io.linkwright.agent.configuration.Plan;
import io.linkwright.agent.configuration.Verdict;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.delivery.PeerConfiguration;
import io.linkwright.domain.delivery.PeerConfiguration.PeerKeys.IpsecPeer;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What becomes of one link of an edge, at random, and what a driver should run after each step:
 * what the agent says that it runs. A link that was removed and added again while the edge was away
 * has the key version that it had, and other keys.
 */
public final class KeyStory {
  public static final EdgeId SELF = new EdgeId("hub");
  private static final GroupId GROUP = new GroupId("backbone");
  private static final EdgeId PEER = new EdgeId("peer");
  private static final LinkId LINK = LinkId.between(SELF, PEER);

  private final Random random;
  private final TestController controller;
  private final ConfigurationVerifier verifier;
  private final EdgeState state = new EdgeState();

  /** The edge is a member and has no link. */
  public KeyStory(Random random) {
    this.random = random;
    controller = new TestController(GROUP, TunnelProtocol.IPSEC, 1, random);
    verifier = new ConfigurationVerifier(SELF, keys(), controller.key().publicKey());
    apply(
        accepted(
            new Config(
                GROUP,
                "n",
                controller.revision() + 1,
                true,
                Optional.of(controller.membership(SELF)),
                List.of(),
                List.of())));
  }

  public EdgeKeys keys() {
    return controller.keysOf(SELF);
  }

  public GroupId group() {
    return GROUP;
  }

  /** The next step; empty if what was drawn changes nothing. */
  public Optional<TunnelPlan> next() {
    Optional<Plan> plan =
        switch (random.nextInt(8)) {
          case 0, 1, 2 -> Optional.of(accepted(set(controller.link(SELF, PEER).at(SELF))));
          case 3, 4 -> Optional.of(accepted(set(controller.linkAnew(SELF, PEER).at(SELF))));
          case 5 -> change(false);
          case 6 -> change(true);
          default -> isHeld() ? Optional.of(accepted(removal())) : Optional.empty();
        };
    plan.ifPresent(this::apply);
    return plan.map(Plan::tunnels);
  }

  /** What a driver that has just begun is told. */
  public List<TunnelPlan> resumption() {
    return Resumption.steps(state.group(GROUP).orElseThrow(), verifier);
  }

  /** The SPIs that the edge receives with, as the agent has it. */
  public SortedSet<Long> received() {
    SortedSet<Long> spis = new TreeSet<>();
    for (int age = 0; held().generation(LINK, age).isPresent(); age++) {
      spis.add(keysOf(held().generation(LINK, age).get()).inbound().spi());
    }
    return spis;
  }

  /** The SPIs that the edge says it sends with: one, or none if there is no link. */
  public SortedSet<Long> sent() {
    SortedSet<Long> spis = new TreeSet<>();
    for (int age = 0; held().generation(LINK, age).isPresent(); age++) {
      HeldLink generation = held().generation(LINK, age).get();
      if (sending() == generation.revision()) {
        spis.add(keysOf(generation).outbound().spi());
      }
    }
    return spis;
  }

  private long sending() {
    return held().changing().containsKey(LINK)
        ? held().changing().get(LINK).sending()
        : held().links().get(LINK).revision();
  }

  private static IpsecPeer keysOf(HeldLink link) {
    return (IpsecPeer) PeerConfiguration.of(link.document(), SELF).tunnels().getFirst().keys();
  }

  private boolean isHeld() {
    return held().links().containsKey(LINK);
  }

  private HeldGroup held() {
    return state.group(GROUP).orElseThrow();
  }

  private Optional<Plan> change(boolean retires) {
    if (!isHeld()) {
      return Optional.empty();
    }
    TreeMap<LinkId, Long> newest = new TreeMap<>();
    newest.put(LINK, held().links().get(LINK).revision());
    return KeyChanges.plan(
        state,
        retires
            ? new ChangeOver(GROUP, new TreeMap<>(), newest)
            : new ChangeOver(GROUP, newest, new TreeMap<>()));
  }

  private Config set(LinkUpdate update) {
    return new Config(
        GROUP, "n", update.revision(), false, Optional.empty(), List.of(update), List.of());
  }

  private Config removal() {
    return new Config(
        GROUP, "n", controller.elsewhere(), false, Optional.empty(), List.of(), List.of(LINK));
  }

  private Plan accepted(Config config) {
    return switch (verifier.check(state, config)) {
      case Verdict.Accepted(Plan plan) -> plan;
      case Verdict.Unchanged(), Verdict.Refused _ ->
          throw new AssertionError("not accepted: " + config);
    };
  }

  private void apply(Plan plan) {
    state.apply(plan);
  }
}
