package io.linkwright.domain.group;

import static io.linkwright.domain.group.Commands.add;
import static io.linkwright.domain.group.Commands.addLink;
import static io.linkwright.domain.group.Commands.createGroup;
import static io.linkwright.domain.group.Commands.delete;
import static io.linkwright.domain.group.Commands.remove;
import static io.linkwright.domain.group.RejectionCode.REVISION_MISMATCH;
import static io.linkwright.domain.group.RejectionCode.UNKNOWN_GROUP;
import static io.linkwright.domain.group.Samples.awaiting;
import static io.linkwright.domain.group.Samples.enrolled;
import static io.linkwright.domain.group.Topology.MESH;
import static io.linkwright.domain.group.Topology.PARTIAL_MESH;
import static io.linkwright.domain.link.TunnelProtocol.IPSEC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.linkwright.domain.id.GroupId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeciderTest {
  private final Scenario mesh =
      Scenario.given(
          createGroup(MESH, IPSEC), add(enrolled("a")), add(enrolled("b")), add(enrolled("c")));

  @Test
  void anotherRevisionThanTheGroupsIsRefusedBeforeAnythingElse() {
    mesh.whenAtRevision(3, remove("z")).thenRefused(REVISION_MISMATCH, "at revision 7, not at 3");
    mesh.whenAtRevision(3, createGroup(MESH, IPSEC)).thenRefused(REVISION_MISMATCH);
    mesh.whenAtRevision(7, remove("a"))
        .thenEvents("LinkRemoved a~b", "LinkRemoved a~c", "MemberRemoved a");
  }

  @Test
  void anUnknownGroupIsRefusedBeforeItsRevision() {
    Scenario.given().whenAtRevision(5, delete()).thenRefused(UNKNOWN_GROUP);
    Scenario.given().whenAtRevision(5, createGroup(MESH, IPSEC)).thenRefused(REVISION_MISMATCH);
    Scenario.given()
        .whenAtRevision(0, createGroup(MESH, IPSEC))
        .thenEvents("GroupCreated backbone");
  }

  @Test
  void eventsCarryTheEnvelopeAndDenseRevisions() {
    List<RecordedEvent> events = mesh.when(add(enrolled("d"))).events();

    assertThat(events).extracting(RecordedEvent::revision).containsExactly(8L, 9L, 10L, 11L);
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.group()).isEqualTo(Samples.GROUP);
              assertThat(event.occurredAt()).isEqualTo(Samples.NOW);
              assertThat(event.actor()).isEqualTo("tester");
              assertThat(event.commandId()).isEqualTo("command-7");
            });
  }

  @Test
  void eventIdsAreSortedUuidsOfVersion7WithTheTimeOfTheCommand() {
    List<UUID> ids =
        mesh.when(add(enrolled("d"))).events().stream().map(RecordedEvent::eventId).toList();

    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids.stream().map(UUID::toString)).isSorted();
    assertThat(ids)
        .allSatisfy(
            id -> {
              assertThat(id.version()).isEqualTo(7);
              assertThat(id.variant()).isEqualTo(2);
              assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(Samples.NOW.toEpochMilli());
            });
  }

  @Test
  void decidingAgainGivesTheSameAnswer() {
    GroupCommand command = add(enrolled("d"));

    assertThat(mesh.when(command)).isEqualTo(mesh.when(command));
  }

  @Test
  void anotherSeedGivesOtherIdsAndKeys() {
    Scenario scenario =
        Scenario.given(createGroup(PARTIAL_MESH, IPSEC), add(enrolled("a")), add(enrolled("b")));
    GroupCommand command = addLink("a", "b");

    Decision one = Decider.decide(scenario.state(), Samples.envelope(command, 100));
    Decision other = Decider.decide(scenario.state(), Samples.envelope(command, 101));

    RecordedEvent first = ((Decision.Accepted) one).events().getFirst();
    RecordedEvent second = ((Decision.Accepted) other).events().getFirst();
    assertThat(first.eventId()).isNotEqualTo(second.eventId());
    assertThat(first.payload()).isNotEqualTo(second.payload());
  }

  @Test
  void aCommandForAnotherGroupIsABug() {
    GroupState other = GroupState.absent(new GroupId("other"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Decider.decide(other, Samples.envelope(add(awaiting("a")), 1)))
        .withMessageContaining("other");
  }
}
