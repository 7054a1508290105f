package io.linkwright.domain.group;

import static io.linkwright.domain.group.Commands.add;
import static io.linkwright.domain.group.Commands.addLink;
import static io.linkwright.domain.group.Commands.createGroup;
import static io.linkwright.domain.group.Samples.enrolled;
import static io.linkwright.domain.group.Topology.MESH;
import static io.linkwright.domain.group.Topology.PARTIAL_MESH;
import static io.linkwright.domain.link.TunnelProtocol.IPSEC;
import static io.linkwright.domain.link.TunnelProtocol.WIREGUARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.LinkEnd;
import io.linkwright.domain.member.Member;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvolverTest {
  private static final Scenario LINKED =
      Scenario.given(
          createGroup(PARTIAL_MESH, IPSEC),
          add(enrolled("a", "10.1.0.0/16")),
          add(enrolled("b")),
          add(enrolled("c")),
          addLink("a", "b"));

  private static RecordedEvent event(GroupId group, long revision, GroupEvent payload) {
    return new RecordedEvent(
        new UUID(0, revision), group, revision, Samples.NOW, "tester", "command", payload);
  }

  private static Member member(String edge, String subnet, String... overlayAddresses) {
    return new Member(
        Samples.edge(edge),
        edge,
        Optional.empty(),
        List.of(Cidr.parse(subnet)),
        Optional.empty(),
        Optional.empty(),
        Stream.of(overlayAddresses).map(IpAddress::parse).toList(),
        Optional.empty());
  }

  private static LinkConfiguration between(String link, LinkConfiguration like) {
    LinkId id = Samples.link(link);
    return new LinkConfiguration(
        id,
        like.protocol(),
        1,
        new LinkEnd(id.edgeA(), Optional.empty(), List.of()),
        new LinkEnd(id.edgeB(), Optional.empty(), List.of()),
        like.tunnels());
  }

  private static Stream<GroupEvent> impossible() {
    LinkConfiguration link = LINKED.link("a~b");
    LinkConfiguration wireGuard =
        new LinkConfiguration(link.id(), WIREGUARD, 2, link.endA(), link.endB(), link.tunnels());
    return Stream.of(
        new GroupEvent.GroupCreated(Samples.settings(MESH, IPSEC)),
        new GroupEvent.GroupDeleted(),
        new GroupEvent.GroupChanged(Samples.settings(PARTIAL_MESH, WIREGUARD)),
        new GroupEvent.GroupChanged(
            Samples.pooled(Samples.settings(PARTIAL_MESH, IPSEC), "10.9.0.0/24")),
        new GroupEvent.MemberAdded(LINKED.member("a")),
        new GroupEvent.MemberAdded(member("d", "10.1.2.0/24", "100.64.0.4")),
        new GroupEvent.MemberAdded(member("d", "10.4.0.0/16", "100.64.0.1")),
        new GroupEvent.MemberAdded(member("d", "10.4.0.0/16", "100.64.0.0")),
        new GroupEvent.MemberAdded(member("d", "10.4.0.0/16", "100.64.255.255")),
        new GroupEvent.MemberAdded(member("d", "10.4.0.0/16", "100.65.0.1")),
        new GroupEvent.MemberAdded(member("d", "10.4.0.0/16", "fd00::1")),
        new GroupEvent.MemberAdded(member("d", "10.4.0.0/16")),
        new GroupEvent.MemberChanged(member("d", "10.4.0.0/16", "100.64.0.4")),
        new GroupEvent.MemberRemoved(Samples.edge("a")),
        new GroupEvent.MemberRemoved(Samples.edge("z")),
        new GroupEvent.LinkAdded(link),
        new GroupEvent.LinkAdded(between("a~z", link)),
        new GroupEvent.LinkAdded(between("a~c", link)), // a receives on an SPI of a~b
        new GroupEvent.LinkChanged(wireGuard),
        new GroupEvent.LinkChanged(between("a~c", link)),
        new GroupEvent.MemberRevoked(LINKED.member("a"), List.of()),
        new GroupEvent.MemberRevoked(member("d", "10.4.0.0/16", "100.64.0.4"), List.of()),
        new GroupEvent.LinkSuspended(link),
        new GroupEvent.LinkRemoved(Samples.link("a~c")));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void anImpossibleEventFailsLoudly(GroupEvent payload) {
    RecordedEvent event = event(Samples.GROUP, LINKED.state().revision() + 1, payload);

    assertThatIllegalStateException()
        .isThrownBy(() -> Evolver.evolve(LINKED.state(), event))
        .withMessageContaining(payload.getClass().getSimpleName())
        .withMessageContaining("revision 6");
  }

  @Test
  void onlyACreationFollowsOnAnAbsentGroup() {
    GroupState absent = GroupState.absent(Samples.GROUP);
    RecordedEvent event = event(Samples.GROUP, 1, new GroupEvent.GroupDeleted());

    assertThatIllegalStateException()
        .isThrownBy(() -> Evolver.evolve(absent, event))
        .withMessageContaining("does not exist");
  }

  @Test
  void revisionsAreDense() {
    GroupEvent renamed = new GroupEvent.GroupChanged(LINKED.group().settings());

    for (long revision : List.of(LINKED.state().revision(), LINKED.state().revision() + 2)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> Evolver.evolve(LINKED.state(), event(Samples.GROUP, revision, renamed)))
          .withMessageContaining("at revision 5");
    }
  }

  @Test
  void anEventOfAnotherGroupIsRefused() {
    RecordedEvent foreign =
        event(
            new GroupId("other"),
            LINKED.state().revision() + 1,
            new GroupEvent.MemberRemoved(Samples.edge("c")));

    assertThatIllegalStateException()
        .isThrownBy(() -> Evolver.evolve(LINKED.state(), foreign))
        .withMessageContaining("other");
  }

  @Test
  void theOldStateStaysAsItWas() {
    GroupState before = LINKED.state();
    String outline = before.toString();
    for (RecordedEvent event : LINKED.when(Commands.delete()).events()) {
      before = Evolver.evolve(before, event);
    }

    assertThat(before).isEqualTo(new GroupState.Absent(Samples.GROUP, 10));
    assertThat(LINKED.state()).hasToString(outline);
    assertThat(LINKED.group().linksOf(Samples.edge("a"))).hasSize(1);
  }
}
