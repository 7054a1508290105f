package io.linkwright.domain.group;

import static io.linkwright.domain.group.Commands.add;
import static io.linkwright.domain.group.Commands.addLink;
import static io.linkwright.domain.group.Commands.batch;
import static io.linkwright.domain.group.Commands.createGroup;
import static io.linkwright.domain.group.Commands.enroll;
import static io.linkwright.domain.group.Commands.rekey;
import static io.linkwright.domain.group.Commands.remove;
import static io.linkwright.domain.group.Commands.removeLink;
import static io.linkwright.domain.group.Commands.rename;
import static io.linkwright.domain.group.Commands.revoke;
import static io.linkwright.domain.group.Commands.together;
import static io.linkwright.domain.group.RejectionCode.GROUP_EXISTS;
import static io.linkwright.domain.group.RejectionCode.KEYS_REVOKED;
import static io.linkwright.domain.group.RejectionCode.LINK_EXISTS;
import static io.linkwright.domain.group.RejectionCode.REVISION_MISMATCH;
import static io.linkwright.domain.group.RejectionCode.UNKNOWN_GROUP;
import static io.linkwright.domain.group.RejectionCode.UNKNOWN_MEMBER;
import static io.linkwright.domain.group.Samples.awaiting;
import static io.linkwright.domain.group.Samples.enrolled;
import static io.linkwright.domain.group.Samples.pair;
import static io.linkwright.domain.group.Topology.PARTIAL_MESH;
import static io.linkwright.domain.link.TunnelProtocol.IPSEC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.group.Decision.Step;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.LinkConfiguration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CombinedDecisionsTest {
  private static final GroupCommand CREATE = createGroup(PARTIAL_MESH, IPSEC);

  private static LongStream seeds() {
    return LongStream.rangeClosed(1, 400);
  }

  private static Scenario linked() {
    return Scenario.given(CREATE, add(enrolled("a")), add(enrolled("b")), addLink("a", "b"));
  }

  @Test
  void eachStepIsDecidedOnWhatThoseBeforeItLeave() {
    Scenario.Answer answer =
        Scenario.given()
            .when(
                together(
                    CREATE,
                    add(enrolled("a")),
                    add(awaiting("b")),
                    addLink("a", "b"),
                    enroll("b", Samples.keys("b")),
                    rename("Other")));

    answer.thenEvents(
        "GroupCreated backbone",
        "MemberAdded a",
        "MemberAdded b",
        "LinkAdded a~b",
        "MemberChanged b",
        "LinkChanged a~b",
        "GroupChanged backbone");
    assertThat(answer.events()).extracting(RecordedEvent::revision).containsExactly(range(7));
    assertThat(answer.events()).extracting(RecordedEvent::eventId).doesNotHaveDuplicates();
    assertThat(answer.events())
        .extracting(RecordedEvent::commandDigest)
        .containsOnly(
            Optional.of(
                CommandDigest.of(
                    together(
                        CREATE,
                        add(enrolled("a")),
                        add(awaiting("b")),
                        addLink("b", "a"),
                        enroll("b", Samples.keys("b")),
                        rename("Other")))));
  }

  private static Long[] range(long last) {
    return LongStream.rangeClosed(1, last).boxed().toArray(Long[]::new);
  }

  @Test
  void theFirstRefusalRefusesAllAndNamesItsStep() {
    Scenario revoked = linked().and(revoke("a", RevokedLinks.KEEP));

    revoked
        .when(together(rename("Other"), remove("b"), enroll("a", Samples.keys("a"))))
        .thenRefusedField(KEYS_REVOKED, "steps[2].keys", "nothing was changed", "steps[2]");
    revoked
        .when(together(remove("b"), remove("b"), remove("nobody")))
        .thenRefusedField(UNKNOWN_MEMBER, "steps[1]", "b is no member");
  }

  @Test
  void aBatchAmongTheStepsNamesItsItems() {
    Rejection rejection =
        linked()
            .when(
                together(
                    rename("Other"), batch(List.of(pair("a", "b"), pair("a", "c")), List.of())))
            .rejection();

    assertThat(rejection.code()).isEqualTo(LINK_EXISTS);
    assertThat(rejection.field()).contains("steps[1].add[0]");
    assertThat(rejection.detail()).containsOnlyOnce("nothing was changed");
    assertThat(rejection.items())
        .extracting(Rejection.ItemRejection::field)
        .containsExactly("steps[1].add[0]", "steps[1].add[1]");
  }

  @Test
  void aGroupIsCreatedByTheFirstStepOrIsThere() {
    Scenario.given().when(together(add(awaiting("a")), CREATE)).thenRefused(UNKNOWN_GROUP);
    Scenario.given().when(together()).thenRefused(UNKNOWN_GROUP);
    Scenario.given()
        .when(together(CREATE, CREATE))
        .thenRefusedField(GROUP_EXISTS, "steps[1].id", "backbone");
    linked()
        .when(together(CREATE, add(awaiting("c"))))
        .thenRefusedField(GROUP_EXISTS, "steps[0].id");
  }

  @Test
  void aWrongRevisionIsToldBeforeAnyStep() {
    linked().whenAtRevision(3, together(remove("nobody"))).thenRefused(REVISION_MISMATCH, "4");
  }

  @Test
  void stepsThatAskForWhatIsSoDoNothing() {
    linked().when(together()).thenNothing();
    linked().when(together(rename("Backbone"), Commands.CHANGE_NOTHING)).thenNothing();
  }

  @Test
  void aStepForAnotherGroupIsNone() {
    GroupCommand.Combinable other =
        new GroupCommand.RemoveMember(new GroupId("other"), new EdgeId("a"));

    assertThatThrownBy(() -> new GroupCommand.ChangeContents(Samples.GROUP, List.of(other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other");
  }

  @Test
  void aLinkThatGoesAndComesHasNoKeysTwice() {
    List<GroupEvent> events =
        linked()
            .when(
                together(
                    rekey("a~b"),
                    removeLink("a~b"),
                    addLink("a", "b"),
                    rekey("a~b"),
                    removeLink("a~b"),
                    addLink("b", "a")))
            .payloads();

    List<LinkConfiguration> links = events.stream().flatMap(event -> link(event).stream()).toList();
    assertThat(links).extracting(LinkConfiguration::keyVersion).containsExactly(2, 3, 4, 5);
    assertThat(links).extracting(link -> link.tunnels().getFirst().keys()).doesNotHaveDuplicates();
  }

  /** All or nothing, and nothing else than one after the other. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void stepsTogetherAreTheStepsOneByOneOrNothing(long seed) {
    RandomCommands commands = new RandomCommands(seed);
    GroupState before = GroupState.absent(Samples.GROUP);
    for (int number = 0; number < 60; number++) {
      if (Decider.decide(before, Samples.envelope(commands.next(), number))
              instanceof Decision.Accepted(List<Step> steps)
          && !steps.isEmpty()) {
        before = steps.getLast().after();
      }
    }
    List<GroupCommand.Combinable> steps = commands.steps();
    OneByOne expected = OneByOne.of(before, steps, seed);

    Decision decision =
        Decider.decide(
            before, Samples.envelope(new GroupCommand.ChangeContents(Samples.GROUP, steps), seed));

    switch (decision) {
      case Decision.Refused(Rejection rejection) -> {
        assertThat(expected.refused()).as(rejection.detail()).isPresent();
        assertThat(rejection.code()).isEqualTo(expected.refused().get().code());
        if (before instanceof GroupState.Active) {
          assertThat(rejection.field().orElseThrow()).startsWith("steps[" + expected.done() + "]");
        }
      }
      case Decision.Accepted(List<Step> done) -> {
        assertThat(expected.refused()).isEmpty();
        List<GroupEvent> events = done.stream().map(step -> step.event().payload()).toList();
        assertThat(events).hasSameSizeAs(expected.events());
        if (areKeyedOnce(expected.events())) {
          assertThat(events).isEqualTo(expected.events());
          assertThat(done.isEmpty() ? before : done.getLast().after()).isEqualTo(expected.state());
        }
        assertThat(areKeyedOnce(events)).isTrue();
      }
    }
  }

  /** Whether no link has the same version of keys twice. */
  private static boolean areKeyedOnce(List<GroupEvent> events) {
    Set<String> seen = new HashSet<>();
    return events.stream()
        .flatMap(event -> link(event).stream())
        .allMatch(link -> seen.add(link.id() + " " + link.keyVersion()));
  }

  private static Optional<LinkConfiguration> link(GroupEvent event) {
    return switch (event) {
      case GroupEvent.LinkAdded(LinkConfiguration link) -> Optional.of(link);
      case GroupEvent.LinkChanged(LinkConfiguration link) -> Optional.of(link);
      case GroupEvent.LinkSuspended(LinkConfiguration link) -> Optional.of(link);
      case GroupEvent.GroupCreated _,
          GroupEvent.GroupChanged _,
          GroupEvent.GroupDeleted _,
          GroupEvent.GroupRecovered _,
          GroupEvent.MemberAdded _,
          GroupEvent.MemberChanged _,
          GroupEvent.MemberRevoked _,
          GroupEvent.MemberRemoved _,
          GroupEvent.LinkRemoved _ ->
          Optional.empty();
    };
  }

  /**
   * What comes of steps that are commands of their own, until one is refused.
   *
   * @param done steps before that
   */
  private record OneByOne(
      List<GroupEvent> events, GroupState state, int done, Optional<Rejection> refused) {

    static OneByOne of(GroupState before, List<GroupCommand.Combinable> steps, long seed) {
      List<GroupEvent> events = new ArrayList<>();
      GroupState state = before;
      for (int done = 0; done < steps.size(); done++) {
        switch (Decider.decide(state, Samples.envelope(steps.get(done), seed))) {
          case Decision.Refused(Rejection rejection) -> {
            return new OneByOne(events, state, done, Optional.of(rejection));
          }
          case Decision.Accepted(List<Step> accepted) -> {
            for (Step step : accepted) {
              events.add(step.event().payload());
              state = step.after();
            }
          }
        }
      }
      return new OneByOne(events, state, steps.size(), Optional.empty());
    }
  }
}
