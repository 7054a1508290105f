package io.linkwright.pusher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.Have;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs random histories against the session: changes, lagging pushers, disconnects with loss of
 * what is on the wire, refusals, restarts with and without a disk, membership changes. The
 * connections, the edges and the steps check the invariants as they go; at the end every edge has
 * exactly what it should have.
 */
class DeliverySimulationTest {
  private static final int SEEDS = 200;
  private static final int STEPS = 1_000;
  private static final int MAX_QUIET_ROUNDS = 2_000;

  /** Both ends switch over, both hear of it, the grace begins, it ends. */
  private static final int KEY_CHANGE_ROUNDS = 4;

  private static final List<EdgeKeys> DEVICES =
      IntStream.range(0, 8).mapToObj(_ -> EdgeKeys.generate()).toList();
  private static final PublicKey OTHER_DEVICE = EdgeKeys.generate().publicKeys().identity();

  private static final DeliveryLimits LIMITS =
      new DeliveryLimits(
          3,
          4_500,
          2,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10));

  private Random random = new Random();
  private SimulatedLog log = new SimulatedLog();
  private List<SimulatedPusher> pushers = List.of();
  private List<SimulatedEdge> edges = List.of();
  private SimulatedTraffic traffic = new SimulatedTraffic(List.of());
  private final List<GroupId> groups =
      List.of(new GroupId("g"), new GroupId("g-2"), new GroupId("h"));
  private boolean hostile;
  private boolean calm;
  private long now;
  private int connectionsMade;

  @TestFactory
  Stream<DynamicTest> everyEdgeEndsWithWhatItShouldHave() {
    return IntStream.range(0, SEEDS)
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> run(seed)));
  }

  private void run(int seed) {
    random = new Random(seed);
    hostile = seed % 2 == 0;
    calm = seed % 3 == 0;
    log = new SimulatedLog();
    SimulatedPeers.Topic statuses = new SimulatedPeers.Topic();
    pushers =
        List.of(
            new SimulatedPusher(log, statuses, random), new SimulatedPusher(log, statuses, random));
    edges = new ArrayList<>();
    for (int i = 0; i < DEVICES.size(); i++) {
      edges.add(new SimulatedEdge(new EdgeId("e" + i), DEVICES.get(i)));
    }
    traffic = new SimulatedTraffic(edges);
    edges.forEach(edge -> groups.forEach(group -> log.member(edge.id(), group, identity(edge))));
    for (int step = 0; step < STEPS; step++) {
      step();
      traffic.requireNoLoss();
    }
    settle();
    edges.forEach(this::requireDesired);
    edges.forEach(this::requireKeysChanged);
  }

  private void step() {
    now += Duration.ofMillis(random.nextInt(50)).toNanos();
    switch (random.nextInt(24)) {
      case 0, 1, 2 -> changeLinks(random.nextInt(4));
      case 3, 4, 5 -> anyPusher().read(1 + random.nextInt(12));
      case 6, 7 -> anyPusher().tell(now);
      case 8, 9, 10, 11, 12 -> anyConnection(this::edgeReads);
      case 13, 14, 15, 16 -> anyConnection(connection -> connection.pusherReads(now));
      case 17 -> pushers.forEach(pusher -> pusher.catchUp(now));
      case 18 -> connectOne();
      case 19 -> anyPusher().peers().write();
      case 20 -> anyPusher().peers().read(1 + random.nextInt(20));
      case 21 -> anyConnection(connection -> connection.tick(now));
      case 22 -> passTime(Duration.ofMillis(random.nextInt(6_000)));
      default -> {
        if (!calm || random.nextInt(10) == 0) {
          trouble();
        }
      }
    }
    pushers.forEach(this::dropClosed);
  }

  /** In calm histories a connection lives until trouble comes. */
  private void connectOne() {
    SimulatedEdge edge = anyEdge();
    if (!calm || !isServed(edge)) {
      connect(edge);
    }
  }

  private void trouble() {
    switch (random.nextInt(hostile ? 13 : 6)) {
      case 0, 1 -> anyConnection(this::disconnect);
      case 2 -> anyPusher().restart(true);
      case 3 -> anyPusher().restart(false);
      case 4 -> anyConnection(connection -> connection.tick(now));
      case 5 -> loseDisk(anyEdge());
      case 6 -> anyEdge().refuse(link(anyEdge(), anyEdge()).orElse(LinkId.parse("e0~e1")));
      case 7 -> anyEdge().refuseNothing();
      case 8 -> passTime(Duration.ofSeconds(31));
      case 9 -> removeMember();
      case 10 -> log.member(anyEdge().id(), anyGroup(), OTHER_DEVICE);
      case 11, 12 -> {
        SimulatedEdge edge = anyEdge();
        log.member(edge.id(), anyGroup(), identity(edge));
      }
      default -> throw new IllegalStateException();
    }
  }

  private void loseDisk(SimulatedEdge edge) {
    pushers.forEach(pusher -> pusher.connections().remove(edge.id()));
    edge.loseDisk();
  }

  private void removeMember() {
    EdgeId edge = anyEdge().id();
    GroupId group = anyGroup();
    if (log.has(EdgeConfigKey.ofMembership(edge, group))) {
      log.removeMember(edge, group);
    }
  }

  private void changeLinks(int links) {
    GroupId group = anyGroup();
    for (int i = 0; i < links; i++) {
      changeLink(group);
    }
  }

  private void changeLink(GroupId group) {
    link(anyEdge(), anyEdge())
        .filter(link -> link.edges().stream().allMatch(edge -> isAnyMember(edge, group)))
        .ifPresent(
            link -> {
              boolean exists = log.has(EdgeConfigKey.ofLink(link.edgeA(), group, link));
              log.link(group, link, exists && random.nextInt(4) == 0);
            });
  }

  private boolean isAnyMember(EdgeId edge, GroupId group) {
    return log.has(EdgeConfigKey.ofMembership(edge, group));
  }

  private static Optional<LinkId> link(SimulatedEdge one, SimulatedEdge other) {
    return one == other ? Optional.empty() : Optional.of(LinkId.between(one.id(), other.id()));
  }

  private void edgeReads(SimulatedConnection connection) {
    connection.edgeReads().ifPresent(config -> requireClaimIsTrue(connection.edge(), config));
  }

  /**
   * Without refusals and later membership documents, an edge that has acknowledged a revision has
   * all that had happened by then.
   */
  private void requireClaimIsTrue(SimulatedEdge edge, Config config) {
    if (hostile) {
      return;
    }
    Have have = edge.has(config.group()).orElseThrow();
    log.settledAt(edge.id(), config.group(), config.revision())
        .forEach(
            (link, expected) ->
                assertThat(Optional.ofNullable(have.links().get(link)))
                    .as("%s at %s, which claims revision %d", link, edge.id(), config.revision())
                    .isEqualTo(expected));
  }

  private void connect(SimulatedEdge edge) {
    pushers.forEach(pusher -> pusher.connections().remove(edge.id()));
    SimulatedPusher pusher = anyPusher();
    pusher
        .connections()
        .put(edge.id(), new SimulatedConnection(edge, pusher, LIMITS, now, connectionsMade++));
  }

  private void disconnect(SimulatedConnection connection) {
    connection.pusher().connections().remove(connection.edge().id());
    if (random.nextBoolean()) {
      connection.disconnected(now);
    }
  }

  private void dropClosed(SimulatedPusher pusher) {
    pusher
        .connections()
        .values()
        .removeIf(
            connection -> {
              connection
                  .closed()
                  .ifPresent(
                      reason -> assertThat(reason.code()).as(reason.text()).isNotEqualTo(4400));
              return connection.closed().isPresent();
            });
  }

  private void passTime(Duration time) {
    now += time.toNanos();
    pushers.forEach(
        pusher -> pusher.connections().values().forEach(connection -> connection.tick(now)));
    pushers.forEach(this::dropClosed);
  }

  /** No more trouble: everything that can happen happens until nothing is left to do. */
  private void settle() {
    edges.forEach(SimulatedEdge::refuseNothing);
    becomeQuiet();
    // What was refused before is tried again.
    passTime(LIMITS.maxRetry());
    becomeQuiet();
    for (int round = 0; round < KEY_CHANGE_ROUNDS; round++) {
      passTime(LIMITS.formerKeysGrace());
      becomeQuiet();
    }
  }

  private void becomeQuiet() {
    for (int round = 0; round < MAX_QUIET_ROUNDS; round++) {
      boolean quiet = edges.stream().filter(this::isMemberSomewhere).allMatch(this::isServed);
      for (SimulatedPusher pusher : pushers) {
        quiet &= pusher.isUpToDate();
        pusher.read(Integer.MAX_VALUE);
        pusher.tell(now);
        pusher.catchUp(now);
        quiet &= pusher.peers().isUpToDate();
        pusher.peers().write();
        pusher.peers().read(Integer.MAX_VALUE);
        for (SimulatedConnection connection : List.copyOf(pusher.connections().values())) {
          quiet &= connection.isIdle();
          edgeReads(connection);
          connection.pusherReads(now);
        }
        dropClosed(pusher);
        traffic.requireNoLoss();
      }
      if (quiet) {
        return;
      }
      edges.stream()
          .filter(edge -> isMemberSomewhere(edge) && !isServed(edge))
          .forEach(this::connect);
      passTime(Duration.ofMillis(10));
    }
    throw new AssertionError("not quiet after %d rounds".formatted(MAX_QUIET_ROUNDS));
  }

  private boolean isServed(SimulatedEdge edge) {
    return pushers.stream().anyMatch(pusher -> pusher.connections().containsKey(edge.id()));
  }

  private boolean isMemberSomewhere(SimulatedEdge edge) {
    return groups.stream().anyMatch(group -> log.isMember(edge.id(), group, identity(edge)));
  }

  /**
   * An edge that is a member nowhere cannot prove itself and learns nothing: it keeps what it has.
   */
  private void requireDesired(SimulatedEdge edge) {
    if (!isMemberSomewhere(edge)) {
      return;
    }
    for (GroupId group : groups) {
      Optional<Have> expected =
          log.isMember(edge.id(), group, identity(edge))
              ? Optional.of(Have.of(log.revision(edge.id(), group), log.links(edge.id(), group)))
              : Optional.empty();
      assertThat(edge.has(group)).as("%s in %s", edge.id(), group).isEqualTo(expected);
      if (expected.isPresent()
          && anyPusher().store().membership(edge.id(), group)
              instanceof Lookup.Present<Membership>(Membership membership)) {
        assertThat(edge.membership(group)).contains(membership.document());
      }
    }
  }

  /** A link both ends of which are reachable has one set of keys in the end. */
  private void requireKeysChanged(SimulatedEdge edge) {
    for (GroupId group : groups) {
      for (KeyChange change : edge.keys().changes(group)) {
        SimulatedEdge peer =
            edges.stream()
                .filter(other -> other.id().equals(change.link().peerOf(edge.id())))
                .findFirst()
                .orElseThrow();
        boolean reachable =
            log.isMember(edge.id(), group, identity(edge))
                && log.isMember(peer.id(), group, identity(peer));
        assertThat(reachable).as("%s at %s in %s", change, edge.id(), group).isFalse();
      }
    }
  }

  private static PublicKey identity(SimulatedEdge edge) {
    return edge.device().publicKeys().identity();
  }

  private SimulatedPusher anyPusher() {
    return pushers.get(random.nextInt(pushers.size()));
  }

  private SimulatedEdge anyEdge() {
    return edges.get(random.nextInt(edges.size()));
  }

  private GroupId anyGroup() {
    return groups.get(random.nextInt(groups.size()));
  }

  private void anyConnection(Consumer<SimulatedConnection> then) {
    List<SimulatedConnection> all =
        pushers.stream().flatMap(pusher -> pusher.connections().values().stream()).toList();
    if (!all.isEmpty()) {
      then.accept(all.get(random.nextInt(all.size())));
    }
  }
}
