package io.linkwright.domain.group;

import static io.linkwright.domain.group.Commands.createGroup;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.delivery.ConfigurationReplay;
import io.linkwright.domain.delivery.ConfigurationReplay.Entry;
import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.group.GroupCommand.RecoverGroup;
import io.linkwright.domain.group.GroupDefect.Reason;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.TunnelProtocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may follow what, and how a group goes on after that which may not. */
class RecoveryTest {
  private static final String KEY = Samples.GROUP.value();
  private static final EventSeal SEAL = new EventSeal(new byte[32], Optional.of(new byte[32]));
  private static final EventSeal FORGED = new EventSeal(new byte[32], Optional.empty());
  private static final SealCheck CHECK = SealCheck.ofPresence();
  private static final RecordedEvent NO_EVENT =
      event(1, new GroupEvent.LinkRemoved(Samples.link("x~y")));

  private final Scenario group =
      Scenario.given(
          createGroup(Topology.MESH, TunnelProtocol.IPSEC),
          Commands.add(Samples.enrolled("a", "10.1.0.0/16")),
          Commands.add(Samples.enrolled("b", "10.2.0.0/16")),
          Commands.add(Samples.awaiting("c")));

  private static RecordedEvent event(long revision, GroupEvent payload) {
    return new RecordedEvent(
        new UUID(9, revision), Samples.GROUP, revision, Samples.NOW, "ops", "c", payload);
  }

  private static FoldedLog folded(List<RecordedEvent> events) {
    FoldedLog log = new FoldedLog(CHECK);
    for (RecordedEvent event : events) {
      assertThat(log.take(KEY, event, SEAL, 0, event.revision()))
          .isInstanceOf(Succession.Next.class);
    }
    return log;
  }

  private static List<RecordedEvent> recovered(FoldedGroup folded, long aboveRevision) {
    Decision decision =
        Decider.decide(
            folded, Samples.envelope(new RecoverGroup(Samples.GROUP, aboveRevision), 99));
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    return ((Decision.Accepted) decision).events();
  }

  @Test
  void aGapStopsTheGroupAtItsLastGoodState() {
    FoldedLog log = folded(group.log());
    long last = group.state().revision();

    Succession gap =
        log.take(
            KEY, event(last + 2, new GroupEvent.MemberRemoved(Samples.edge("c"))), SEAL, 3, 70);
    Succession after =
        log.take(
            KEY, event(last + 1, new GroupEvent.MemberRemoved(Samples.edge("c"))), SEAL, 3, 71);

    assertThat(gap)
        .isEqualTo(
            new Succession.Defective(
                new GroupDefect(
                    Reason.GAP, last + 2, "revision %d is missing".formatted(last + 1))));
    assertThat(after).isEqualTo(new Succession.SetAside());
    assertThat(log.group(Samples.GROUP).state()).isEqualTo(group.state());
    assertThat(log.group(Samples.GROUP).damage().orElseThrow().offset()).isEqualTo(70);
    assertThat(log.damaged()).isEqualTo(1);
  }

  @Test
  void aSecondEventAtARevisionIsARivalTheVeryLastOneToo() {
    RecordedEvent last = group.log().getLast();

    for (RecordedEvent second : List.of(last, event(last.revision(), last.payload()))) {
      assertThat(folded(group.log()).take(KEY, second, SEAL, 0, 51))
          .isInstanceOfSatisfying(
              Succession.Defective.class,
              rival -> assertThat(rival.defect().reason()).isEqualTo(Reason.RIVAL));
    }
  }

  @Test
  void whatNothingProvesStopsTheGroupThoughItCouldFollow() {
    FoldedLog log = folded(group.log());
    LogHead head = log.head(Samples.GROUP);
    RecordedEvent next =
        event(group.state().revision() + 1, new GroupEvent.MemberChanged(group.member("a")));

    assertThat(log.take(KEY, next, FORGED, 0, 50))
        .isEqualTo(
            new Succession.Defective(
                new GroupDefect(Reason.UNAUTHENTIC, next.revision(), SealCheck.NO_MAC)));

    assertThat(log.group(Samples.GROUP).state()).isEqualTo(group.state());
    assertThat(log.head(Samples.GROUP)).as("is not in the chain").isEqualTo(head);
    assertThat(
            log.take(
                KEY, event(40, new GroupEvent.GroupRecovered(next.revision() - 1)), FORGED, 0, 51))
        .as("nor does such a recovery count")
        .isEqualTo(new Succession.SetAside());
  }

  @Test
  void whatContradictsTheGroupIsImpossibleAndWhatCannotBeReadUnknown() {
    FoldedLog log = folded(group.log());

    Succession impossible =
        log.take(
            KEY,
            event(group.state().revision() + 1, new GroupEvent.LinkRemoved(Samples.link("x~y"))),
            SEAL,
            0,
            50);
    log.takeUnknown("other", "schema 99", 0, 51);

    assertThat(impossible)
        .isInstanceOfSatisfying(
            Succession.Defective.class,
            found -> assertThat(found.defect().reason()).isEqualTo(Reason.IMPOSSIBLE));
    assertThat(log.group(new GroupId("other")).damage().orElseThrow().defect())
        .isEqualTo(new GroupDefect(Reason.UNKNOWN, 0, "schema 99"));
    assertThat(log.damaged()).isEqualTo(2);
  }

  @Test
  void anEventUnderAForeignKeyHarmsNobody() {
    FoldedLog log = folded(group.log());

    for (String key : List.of("", "other", "No Group")) {
      assertThat(log.take(key, NO_EVENT, SEAL, 0, 50)).isInstanceOf(Succession.Stray.class);
    }

    assertThat(log.takeUnknown("No Group", "schema 99", 0, 51)).isEmpty();
    assertThat(log.damaged()).isZero();
  }

  @Test
  void aDamagedGroupTakesNothingButARecovery() {
    FoldedLog log = folded(group.log());
    log.takeUnknown(KEY, "schema 99", 2, 50);
    FoldedGroup damaged = log.group(Samples.GROUP);

    Decision refused =
        Decider.decide(damaged, Samples.envelope(Commands.add(Samples.awaiting("d")), 98));

    assertThat(refused)
        .isInstanceOfSatisfying(
            Decision.Refused.class,
            refusal -> {
              assertThat(refusal.rejection().code()).isEqualTo(RejectionCode.GROUP_DAMAGED);
              assertThat(refusal.rejection().detail())
                  .contains("schema 99", "partition 2, offset 50", "linkwright recover backbone");
            });
  }

  @Test
  void aRecoveryGoesOnAboveAllThatWasSeenAndConfiguresEverythingAnew() {
    FoldedLog log = folded(group.log());
    long last = group.state().revision();
    log.take(KEY, event(last + 40, NO_EVENT.payload()), SEAL, 0, 50);

    List<RecordedEvent> events = recovered(log.group(Samples.GROUP), 0);
    events.forEach(event -> log.take(KEY, event, SEAL, 0, event.revision()));

    assertThat(events.getFirst().payload()).isEqualTo(new GroupEvent.GroupRecovered(last));
    assertThat(events.getFirst().revision()).isEqualTo(last + 41);
    assertThat(log.damaged()).isZero();
    assertThat(events.stream().map(RecordedEvent::payload).skip(1))
        .hasSize(3)
        .contains(
            new GroupEvent.MemberChanged(group.member("a")),
            new GroupEvent.MemberChanged(group.member("b")));
    GroupState.Active now = (GroupState.Active) log.group(Samples.GROUP).state();
    assertThat(now.members()).containsExactlyElementsOf(group.group().members().toList());
    assertThat(now.link(Samples.link("a~b")).orElseThrow().keyVersion()).isEqualTo(2);
  }

  @Test
  void aLogOlderThanTheEdgesGoesOnAboveWhatTheyHold() {
    List<RecordedEvent> events = recovered(FoldedGroup.of(group.state()), 1_000);

    assertThat(events)
        .extracting(RecordedEvent::revision)
        .containsExactly(1_001L, 1_002L, 1_003L, 1_004L);
    ConfigurationReplay configured = new ConfigurationReplay();
    events.forEach(configured::apply);
    assertThat(configured.entries().values())
        .extracting(Entry::revision)
        .allMatch(at -> at > 1_000);
    assertThat(configured.entries()).hasSize(4); // two memberships, two ends of a link
  }

  @Test
  void aGroupWhoseBeginningIsLostCanBeCreatedAnewAboveAllThatWas() {
    FoldedLog log = new FoldedLog(CHECK);
    log.take(KEY, event(7, NO_EVENT.payload()), SEAL, 0, 0);

    List<RecordedEvent> events = recovered(log.group(Samples.GROUP), 0);
    events.forEach(event -> log.take(KEY, event, SEAL, 0, event.revision()));

    assertThat(log.group(Samples.GROUP))
        .extracting(FoldedGroup::state)
        .isEqualTo(new GroupState.Absent(Samples.GROUP, 8));
    assertThat(
            Decider.decide(
                log.group(Samples.GROUP),
                Samples.envelope(createGroup(Topology.MESH, TunnelProtocol.IPSEC), 100)))
        .isInstanceOf(Decision.Accepted.class);
  }

  @Test
  void nobodyRecoversAGroupThatNeverWasOrBeyondTheBound() {
    group
        .when(new RecoverGroup(Samples.GROUP, Limits.MAX_RECOVERY_REVISION + 1))
        .thenRefusedField(RejectionCode.LIMIT_EXCEEDED, "aboveRevision");
    Decision unknown =
        Decider.decide(
            GroupState.absent(Samples.GROUP),
            Samples.envelope(new RecoverGroup(Samples.GROUP, 0), 1));
    assertThat(unknown).isInstanceOf(Decision.Refused.class);
  }

  @Test
  void anAbsurdRevisionDoesNotTakeTheRoomAboveIt() {
    FoldedLog log = folded(group.log());
    log.take(KEY, event(Long.MAX_VALUE, NO_EVENT.payload()), SEAL, 0, 50);

    assertThat(recovered(log.group(Samples.GROUP), 0).getFirst().revision())
        .isEqualTo(group.state().revision() + 1);
  }

  private static LongStream seeds() {
    return LongStream.rangeClosed(1, 40);
  }

  /**
   * Groups whose log is damaged at random and recovered: what a replay of the whole log makes, its
   * damage included, is what was live, and so is the configuration.
   */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aReplayOfADamagedAndRecoveredLogEqualsLive(long seed) {
    Random random = new Random(seed);
    RandomCommands commands = new RandomCommands(seed);
    List<RecordedEvent> records = new ArrayList<>();
    FoldedLog live = new FoldedLog(CHECK);
    ConfigurationReplay configured = new ConfigurationReplay();
    for (int step = 0; step < 300; step++) {
      FoldedGroup now = live.group(Samples.GROUP);
      if (random.nextInt(25) == 0) {
        RecordedEvent foreign =
            event(
                Math.max(1, now.state().revision() + random.nextInt(9) - 3),
                new GroupEvent.LinkRemoved(Samples.link("x~y")));
        records.add(foreign);
        live.take(KEY, foreign, SEAL, 0, records.size());
      }
      now = live.group(Samples.GROUP);
      GroupCommand command =
          now.damage().isPresent() && random.nextInt(4) == 0
              ? new RecoverGroup(Samples.GROUP, 0)
              : commands.next();
      Decision decision =
          Decider.decide(
              now, Samples.envelopeAt(Samples.NOW.plusSeconds(step), command, seed * 1_000 + step));
      if (decision instanceof Decision.Accepted accepted) {
        for (Decision.Step next : accepted.steps()) {
          records.add(next.event());
          assertThat(live.take(KEY, next.event(), SEAL, 0, records.size()))
              .as("seed %d step %d %s", seed, step, command)
              .isEqualTo(new Succession.Next(next.after()));
          configured.apply(next.event());
        }
      }
    }

    FoldedLog replayed = new FoldedLog(CHECK);
    ConfigurationReplay anew = new ConfigurationReplay();
    for (int offset = 0; offset < records.size(); offset++) {
      if (replayed.take(KEY, records.get(offset), SEAL, 0, offset + 1) instanceof Succession.Next) {
        anew.apply(records.get(offset));
      }
    }

    assertThat(replayed.group(Samples.GROUP)).isEqualTo(live.group(Samples.GROUP));
    Map<EdgeConfigKey, Entry> expected = new HashMap<>(configured.entries());
    assertThat(anew.entries()).as("seed %d", seed).isEqualTo(expected);
  }
}
