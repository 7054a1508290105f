package io.linkwright.domain.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.member.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Given / when / then about one group: the events of accepted commands are folded, a command is
 * decided on the state they leave, and the answer is looked at.
 */
final class Scenario {
  private final List<RecordedEvent> log = new ArrayList<>();
  private GroupState state = GroupState.absent(Samples.GROUP);

  private Scenario() {}

  /** Commands that are all accepted, one after the other. */
  static Scenario given(GroupCommand... commands) {
    return new Scenario().and(commands);
  }

  /** More commands that are all accepted. */
  Scenario and(GroupCommand... commands) {
    for (GroupCommand command : commands) {
      take(when(command).events());
    }
    return this;
  }

  private void take(List<RecordedEvent> events) {
    for (RecordedEvent event : events) {
      state = Evolver.evolve(state, event);
      log.add(event);
    }
  }

  GroupState state() {
    return state;
  }

  GroupState.Active group() {
    return (GroupState.Active) state;
  }

  Member member(String edge) {
    return group().member(Samples.edge(edge)).orElseThrow();
  }

  LinkConfiguration link(String link) {
    return group().link(Samples.link(link)).orElseThrow();
  }

  List<RecordedEvent> log() {
    return List.copyOf(log);
  }

  Answer when(GroupCommand command) {
    return decide(Samples.envelope(command, log.size()));
  }

  /** The command comes so much later than all others. */
  Answer whenAfter(Duration later, GroupCommand command) {
    return decide(Samples.envelopeAt(Samples.NOW.plus(later), command, log.size()));
  }

  Answer whenAtRevision(long expectedRevision, GroupCommand command) {
    CommandEnvelope any = Samples.envelope(command, log.size());
    return decide(
        new CommandEnvelope(
            command,
            any.commandId(),
            any.actor(),
            any.occurredAt(),
            OptionalLong.of(expectedRevision),
            any.seed()));
  }

  private Answer decide(CommandEnvelope envelope) {
    return new Answer(Decider.decide(state, envelope));
  }

  /** What came of the command under test. */
  record Answer(Decision decision) {

    List<RecordedEvent> events() {
      assertThat(decision).isInstanceOf(Decision.Accepted.class);
      return ((Decision.Accepted) decision).events();
    }

    List<GroupEvent> payloads() {
      return events().stream().map(RecordedEvent::payload).toList();
    }

    /** Exactly these events follow, each written as its type and what it is about. */
    Answer thenEvents(String... expected) {
      assertThat(payloads().stream().map(Answer::outline)).containsExactly(expected);
      return this;
    }

    /** Nothing was to be done. */
    void thenNothing() {
      thenEvents();
    }

    Rejection rejection() {
      assertThat(decision).isInstanceOf(Decision.Refused.class);
      return ((Decision.Refused) decision).rejection();
    }

    /** Refused for what the path names or the command as a whole. */
    void thenRefused(RejectionCode code, String... partsOfDetail) {
      thenRefused(code, Optional.empty(), partsOfDetail);
    }

    /** Refused for a field of the body. */
    void thenRefusedField(RejectionCode code, String field, String... partsOfDetail) {
      thenRefused(code, Optional.of(field), partsOfDetail);
    }

    private void thenRefused(RejectionCode code, Optional<String> field, String... parts) {
      Rejection rejection = rejection();
      assertThat(rejection.code()).as(rejection.detail()).isEqualTo(code);
      assertThat(rejection.field()).isEqualTo(field);
      assertThat(rejection.detail()).isNotBlank();
      for (String part : parts) {
        assertThat(rejection.detail()).contains(part);
      }
    }

    private static String outline(GroupEvent event) {
      return switch (event) {
        case GroupEvent.GroupCreated(GroupSettings settings) -> "GroupCreated " + settings.id();
        case GroupEvent.GroupChanged(GroupSettings settings) -> "GroupChanged " + settings.id();
        case GroupEvent.GroupDeleted() -> "GroupDeleted";
        case GroupEvent.MemberAdded(Member member) -> "MemberAdded " + member.edge();
        case GroupEvent.MemberChanged(Member member) -> "MemberChanged " + member.edge();
        case GroupEvent.MemberRevoked(Member member, _) -> "MemberRevoked " + member.edge();
        case GroupEvent.MemberRemoved(EdgeId edge) -> "MemberRemoved " + edge;
        case GroupEvent.LinkAdded(LinkConfiguration link) -> "LinkAdded " + link.id();
        case GroupEvent.LinkChanged(LinkConfiguration link) -> "LinkChanged " + link.id();
        case GroupEvent.LinkSuspended(LinkConfiguration link) -> "LinkSuspended " + link.id();
        case GroupEvent.LinkRemoved(LinkId link) -> "LinkRemoved " + link;
        case GroupEvent.GroupRecovered(long last) -> "GroupRecovered " + last;
      };
    }
  }
}
