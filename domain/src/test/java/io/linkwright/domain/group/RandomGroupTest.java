package io.linkwright.domain.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.delivery.ConfigurationChange;
import io.linkwright.domain.delivery.ConfigurationReplay;
import io.linkwright.domain.delivery.ConfigurationReplay.Entry;
import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.group.Decision.Step;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.LinkSecrets;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelKeys;
import io.linkwright.domain.link.TunnelSecrets;
import io.linkwright.domain.member.Member;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of any sequence of commands; a failure names the seed and the step. */
class RandomGroupTest {
  private static final int COMMANDS = 400;

  private static LongStream seeds() {
    return LongStream.rangeClosed(1, 25);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyStateObeysTheRulesAndReplayEqualsLive(long seed) {
    RandomCommands commands = new RandomCommands(seed);
    GroupModel model = new GroupModel();
    List<RecordedEvent> log = new ArrayList<>();
    GroupState state = GroupState.absent(Samples.GROUP);
    for (int step = 0; step < COMMANDS; step++) {
      CommandEnvelope envelope = envelope(commands, step, seed * COMMANDS + step);
      try {
        GroupState before = state;
        for (Step next : decided(state, envelope)) {
          RecordedEvent event = next.event();
          assertThat(next.after()).isEqualTo(Evolver.evolve(state, event));
          state = next.after();
          checkEvent(event, envelope);
          model.apply(event.payload(), addressPool(before, state));
          log.add(event);
        }
        if (state instanceof GroupState.Active group) {
          model.check(group);
        }
        assertThat(state.revision()).isEqualTo(log.isEmpty() ? 0 : log.getLast().revision());
      } catch (AssertionError | RuntimeException failure) {
        throw new AssertionError(
            "seed %d, step %d: %s".formatted(seed, step, envelope.command()), failure);
      }
    }

    assertThat(replayed(log)).as("seed %d", seed).isEqualTo(state);
    assertThat(log).extracting(RecordedEvent::eventId).doesNotHaveDuplicates();
    checkConfigurations(log, state);
  }

  @Test
  void theSequencesReachEveryRejectionAndEveryEvent() {
    Set<RejectionCode> codes = EnumSet.noneOf(RejectionCode.class);
    Set<Class<?>> events = new HashSet<>();
    for (long seed : seeds().toArray()) {
      RandomCommands commands = new RandomCommands(seed);
      GroupState state = GroupState.absent(Samples.GROUP);
      for (int step = 0; step < COMMANDS; step++) {
        CommandEnvelope envelope = envelope(commands, step, step);
        switch (Decider.decide(state, envelope)) {
          case Decision.Refused(Rejection rejection) -> {
            codes.add(rejection.code());
            assertThat(rejection.detail()).isNotBlank();
          }
          case Decision.Accepted(List<Step> steps) -> {
            for (Step next : steps) {
              state = next.after();
              events.add(next.event().payload().getClass());
            }
          }
        }
      }
    }

    assertThat(codes)
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(
                EnumSet.of(
                    RejectionCode.LIMIT_EXCEEDED,
                    RejectionCode.REVISION_MISMATCH,
                    RejectionCode.GROUP_DAMAGED,
                    RejectionCode.RENEWAL_LIMIT)));
    assertThat(events).containsExactlyInAnyOrder(GroupEvent.class.getPermittedSubclasses());
  }

  /** Time passes, so that tokens expire. */
  private static CommandEnvelope envelope(RandomCommands commands, int step, long number) {
    return Samples.envelopeAt(Samples.NOW.plusSeconds(step), commands.next(), number);
  }

  private static List<Step> decided(GroupState state, CommandEnvelope envelope) {
    Decision decision = Decider.decide(state, envelope);
    assertThat(Decider.decide(state, envelope)).isEqualTo(decision);
    return switch (decision) {
      case Decision.Refused _ -> List.of();
      case Decision.Accepted(List<Step> steps) -> steps;
    };
  }

  private static void checkEvent(RecordedEvent event, CommandEnvelope envelope) {
    switch (event.payload()) {
      case GroupEvent.LinkAdded(LinkConfiguration link) -> checkFingerprints(link, envelope);
      case GroupEvent.LinkChanged(LinkConfiguration link) -> checkFingerprints(link, envelope);
      case GroupEvent.LinkSuspended(LinkConfiguration link) -> {
        assertThat(link.isConfigurable()).isFalse();
        assertThat(ConfigurationChange.of(event.payload()).orElseThrow().edges())
            .containsExactly(link.id().edgeA(), link.id().edgeB());
      }
      case GroupEvent.LinkRemoved(LinkId link) ->
          assertThat(ConfigurationChange.of(event.payload()).orElseThrow().edges())
              .containsExactly(link.edgeA(), link.edgeB());
      case GroupEvent.GroupCreated _,
          GroupEvent.GroupChanged _,
          GroupEvent.GroupDeleted _,
          GroupEvent.GroupRecovered _,
          GroupEvent.MemberAdded _,
          GroupEvent.MemberChanged _,
          GroupEvent.MemberRevoked _,
          GroupEvent.MemberRemoved _ ->
          assertThat(ConfigurationChange.of(event.payload()).stream())
              .allSatisfy(change -> assertThat(change.edges()).hasSize(1));
    }
  }

  /** The secrets that both edges will be given are those that the event tells of. */
  private static void checkFingerprints(LinkConfiguration link, CommandEnvelope envelope) {
    if (!link.isConfigurable()) {
      return;
    }
    assertThat(new ConfigurationChange.LinkConfigured(link).edges())
        .containsExactly(link.id().edgeA(), link.id().edgeB());
    List<TunnelSecrets> secrets =
        LinkSecrets.derive(
                envelope.seed(),
                link.id(),
                link.keyVersion(),
                link.protocol(),
                link.tunnels().size())
            .tunnels();
    for (Tunnel tunnel : link.tunnels()) {
      List<String> expected =
          switch (secrets.get(tunnel.index())) {
            case TunnelSecrets.PresharedSecret preshared ->
                List.of(TunnelSecrets.fingerprint(preshared.key()));
            case TunnelSecrets.SaSecrets sa ->
                List.of(TunnelSecrets.fingerprint(sa.aToB()), TunnelSecrets.fingerprint(sa.bToA()));
          };
      List<String> told =
          switch (tunnel.keys()) {
            case TunnelKeys.AwaitingEnrollment _ -> List.of();
            case TunnelKeys.PresharedKey(String fingerprint) -> List.of(fingerprint);
            case TunnelKeys.SecurityAssociations(var aToB, var bToA) ->
                List.of(aToB.fingerprint(), bToA.fingerprint());
          };
      assertThat(told).isEqualTo(expected);
    }
  }

  private static Cidr addressPool(GroupState before, GroupState after) {
    return Stream.of(after, before)
        .filter(GroupState.Active.class::isInstance)
        .map(state -> ((GroupState.Active) state).settings().addressPool())
        .findFirst()
        .orElse(GroupSettings.DEFAULT_ADDRESS_POOL);
  }

  private static GroupState replayed(List<RecordedEvent> log) {
    GroupState state = GroupState.absent(Samples.GROUP);
    for (RecordedEvent event : log) {
      state = Evolver.evolve(state, event);
    }
    return state;
  }

  /** What the replay of the log says is configured is what the group, as it is, calls for. */
  private static void checkConfigurations(List<RecordedEvent> log, GroupState state) {
    ConfigurationReplay replay = new ConfigurationReplay();
    log.forEach(replay::apply);
    Map<EdgeConfigKey, Entry> expected = new HashMap<>();
    if (state instanceof GroupState.Active group) {
      group
          .members()
          .filter(member -> member.keys().isPresent())
          .forEach(
              member ->
                  expected.put(
                      EdgeConfigKey.ofMembership(member.edge(), Samples.GROUP),
                      new Entry.MembershipEntry(
                          lastRevision(log, new GroupEvent.MemberChanged(member)), member)));
      group
          .links()
          .filter(LinkConfiguration::isConfigurable)
          .forEach(
              link -> {
                long revision = lastRevision(log, new GroupEvent.LinkChanged(link));
                for (EdgeId edge : link.id().edges()) {
                  expected.put(
                      EdgeConfigKey.ofLink(edge, Samples.GROUP, link.id()),
                      new Entry.LinkEntry(revision, link));
                }
              });
    }
    assertThat(replay.entries()).isEqualTo(expected);
  }

  /** The last event that brought a member or link to what it is. */
  private static long lastRevision(List<RecordedEvent> log, GroupEvent event) {
    return log.reversed().stream()
        .filter(candidate -> brought(candidate.payload()).equals(brought(event)))
        .findFirst()
        .orElseThrow()
        .revision();
  }

  private static Object brought(GroupEvent event) {
    return switch (event) {
      case GroupEvent.MemberAdded(Member member) -> member;
      case GroupEvent.MemberChanged(Member member) -> member;
      case GroupEvent.LinkAdded(LinkConfiguration link) -> link;
      case GroupEvent.LinkChanged(LinkConfiguration link) -> link;
      case GroupEvent.GroupCreated _,
          GroupEvent.GroupChanged _,
          GroupEvent.GroupDeleted _,
          GroupEvent.GroupRecovered _,
          GroupEvent.MemberRevoked _,
          GroupEvent.MemberRemoved _,
          GroupEvent.LinkSuspended _,
          GroupEvent.LinkRemoved _ ->
          event;
    };
  }
}
