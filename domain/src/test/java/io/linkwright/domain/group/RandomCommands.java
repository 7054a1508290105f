package io.linkwright.domain.group;

import static io.linkwright.domain.group.Samples.GROUP;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.Position;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SaLimits;
import io.linkwright.domain.key.SaPolicyChange;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.Invitation;
import io.linkwright.domain.member.MemberChange;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.domain.member.NewMember;
import io.linkwright.domain.member.TokenHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Commands from a seed: over few edges and subnets, so that they meet often, and of every kind, so
 * that many are refused.
 */
public final class RandomCommands {
  private static final int EDGES = 9;

  private final Random random;

  /** The same seed gives the same commands. */
  public RandomCommands(long seed) {
    this.random = new Random(seed);
  }

  /** The next command, whatever the state of the group is. */
  public GroupCommand next() {
    int dice = random.nextInt(100);
    if (dice < 4) {
      return new GroupCommand.CreateGroup(settings());
    }
    if (dice < 5) {
      return new GroupCommand.DeleteGroup(GROUP);
    }
    if (dice < 7) {
      return new GroupCommand.ChangeContents(GROUP, steps());
    }
    if (dice < 14) {
      return new GroupCommand.ChangeGroup(
          GROUP,
          maybe(() -> "Group " + random.nextInt(3)),
          maybe(this::topology),
          maybe(random::nextBoolean),
          maybe(this::edge),
          maybe(() -> maybe(this::rekeyInterval)),
          random.nextInt(6) == 0 ? associations() : SaPolicyChange.NONE);
    }
    if (dice < 30) {
      return new GroupCommand.AddMember(GROUP, member(), maybe(this::invitation));
    }
    if (dice < 42) {
      return new GroupCommand.ChangeMember(GROUP, edge(), memberChange());
    }
    if (dice < 48) {
      return new GroupCommand.RemoveMember(GROUP, edge());
    }
    if (dice < 66) {
      return enrollment();
    }
    if (dice < 79) {
      return new GroupCommand.AddLink(GROUP, pair());
    }
    if (dice < 87) {
      return new GroupCommand.RemoveLink(GROUP, link());
    }
    if (dice < 94) {
      return new GroupCommand.ChangeLinks(GROUP, pairs(), pairs());
    }
    if (dice < 97) {
      return new GroupCommand.RekeyLink(GROUP, link());
    }
    if (dice == 97) {
      return new GroupCommand.RecoverGroup(GROUP, random.nextInt(2 * EDGES));
    }
    LinkId link = link();
    EdgeId edge = random.nextBoolean() ? link.edgeA() : link.edgeB();
    return new GroupCommand.RenewKeys(
        GROUP,
        edge,
        keys(random.nextInt(4) > 0 ? edge : edge()).identity(),
        new TreeMap<>(Map.of(link, 1 + random.nextInt(3))));
  }

  /** A few commands that may stand together, mostly not as many as would be refused. */
  List<GroupCommand.Combinable> steps() {
    return Stream.generate(this::next)
        .filter(GroupCommand.Combinable.class::isInstance)
        .map(GroupCommand.Combinable.class::cast)
        .limit(1 + random.nextInt(5))
        .toList();
  }

  private SaPolicyChange associations() {
    return new SaPolicyChange(
        maybe(() -> oneOf(List.of(SaAlgorithm.values()))),
        maybe(() -> maybe(() -> SaLimits.MIN_BYTES + random.nextInt(3))),
        maybe(() -> maybe(() -> SaLimits.MIN_PACKETS + random.nextInt(3))));
  }

  /** Of few edges, so that a token is shown more than once. */
  private GroupCommand enrollment() {
    EdgeId edge = new EdgeId("e" + random.nextInt(EDGES / 3));
    return switch (random.nextInt(5)) {
      case 0 -> new GroupCommand.InviteMember(GROUP, edge, invitation());
      case 1, 2 ->
          new GroupCommand.EnrollMember(
              GROUP, edge, token(), keys(random.nextInt(4) > 0 ? edge : edge()));
      default -> new GroupCommand.RevokeMember(GROUP, edge, oneOf(List.of(RevokedLinks.values())));
    };
  }

  /** Some expire before the next few commands, which come a second apart. */
  private Invitation invitation() {
    return new Invitation(token(), Duration.ofSeconds(1 + random.nextInt(60)));
  }

  private TokenHash token() {
    return Samples.token("token " + random.nextInt(2)).hash();
  }

  private GroupSettings settings() {
    List<String> pools = List.of("100.64.0.0/16", "10.250.0.0/28", "fd00:9::/64");
    Topology topology = topology();
    return new GroupSettings(
        GROUP,
        "Group",
        topology,
        oneOf(List.of(TunnelProtocol.values())),
        random.nextBoolean(),
        topology == Topology.HUB_SPOKE ? Optional.of(edge()) : Optional.empty(),
        Cidr.parse(oneOf(pools)),
        maybe(this::rekeyInterval));
  }

  /** Short, so that keys become old within few commands, which come a second apart. */
  private RekeyInterval rekeyInterval() {
    return new RekeyInterval(RekeyInterval.MIN.plusSeconds(random.nextInt(60)));
  }

  private Topology topology() {
    return random.nextInt(3) > 0 ? Topology.PARTIAL_MESH : oneOf(List.of(Topology.values()));
  }

  private NewMember member() {
    EdgeId edge = edge();
    return new NewMember(
        edge,
        "Member " + edge,
        maybe(this::endpoint),
        subnets(),
        maybe(this::position),
        maybe(() -> keys(edge)));
  }

  private MemberChange memberChange() {
    EdgeId edge = edge();
    return new MemberChange(
        maybe(() -> "Name " + random.nextInt(3)),
        maybe(() -> maybe(this::endpoint)),
        maybe(this::subnets),
        maybe(() -> maybe(this::position)),
        maybe(() -> keys(edge)));
  }

  private MemberKeys keys(EdgeId edge) {
    if (random.nextInt(20) == 0) {
      return Samples.keys("of nobody in particular");
    }
    return random.nextInt(8) > 0
        ? Samples.keys(edge + " " + random.nextInt(2))
        : Samples.keysWithoutWireGuard(edge.value());
  }

  private Endpoint endpoint() {
    return new Endpoint("198.51.100." + random.nextInt(4), 51_820);
  }

  private Position position() {
    return new Position(random.nextInt(90), random.nextInt(180));
  }

  /** Up to two of 10.0.0.0/16 to 10.63.0.0/16, or now and then halves of them. */
  private List<Cidr> subnets() {
    return list(
        3,
        _ -> {
          int second = random.nextInt(64);
          return random.nextInt(4) > 0
              ? Cidr.parse("10.%d.0.0/16".formatted(second))
              : Cidr.parse("10.%d.%d.0/17".formatted(second, random.nextBoolean() ? 0 : 128));
        });
  }

  private List<EdgePair> pairs() {
    return list(3, _ -> pair());
  }

  private <T> List<T> list(int bound, IntFunction<T> item) {
    return new ArrayList<>(IntStream.range(0, random.nextInt(bound)).mapToObj(item).toList());
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private EdgePair pair() {
    return new EdgePair(edge(), edge());
  }

  private LinkId link() {
    EdgeId one = edge();
    EdgeId other = edge();
    while (other.equals(one)) {
      other = edge();
    }
    return LinkId.between(one, other);
  }

  private EdgeId edge() {
    return new EdgeId("e" + random.nextInt(EDGES));
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextInt(3) > 0 ? Optional.empty() : Optional.of(value.get());
  }
}
