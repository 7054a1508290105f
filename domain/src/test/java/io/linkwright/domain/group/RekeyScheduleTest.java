package io.linkwright.domain.group;

import static io.linkwright.domain.group.Commands.add;
import static io.linkwright.domain.group.Commands.addLink;
import static io.linkwright.domain.group.Commands.createGroup;
import static io.linkwright.domain.group.Commands.rekeyEvery;
import static io.linkwright.domain.group.Commands.rekeyNoMore;
import static io.linkwright.domain.group.Samples.NOW;
import static io.linkwright.domain.group.Samples.awaiting;
import static io.linkwright.domain.group.Samples.enrolled;
import static io.linkwright.domain.group.Topology.MESH;
import static io.linkwright.domain.group.Topology.PARTIAL_MESH;
import static io.linkwright.domain.link.TunnelProtocol.IPSEC;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.group.RekeySchedule.DueLink;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.RekeyInterval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links of {@link Scenario} get their keys at {@link Samples#NOW}. */
class RekeyScheduleTest {
  private static final int NO_LIMIT = 1_000_000;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration EARLIEST = Duration.ofMinutes(54);

  @Test
  void aLinkIsDueBetweenNineTenthsOfTheIntervalAndAllOfIt() {
    GroupState.Active group = mesh(20).and(rekeyEvery("PT1H")).group();

    assertThat(due(group, EARLIEST.minusMillis(1))).isEmpty();
    List<DueLink> all = due(group, HOUR);
    assertThat(all).hasSize(190);
    assertThat(all)
        .allSatisfy(due -> assertThat(due.since()).isBetween(NOW.plus(EARLIEST), NOW.plus(HOUR)));
  }

  @Test
  void linksOfOneAgeAreSpread() {
    GroupState.Active group = mesh(46).and(rekeyEvery("PT1H")).group();

    List<Integer> more =
        IntStream.rangeClosed(1, 6)
            .mapToObj(minute -> EARLIEST.plusMinutes(minute))
            .map(age -> due(group, age).size() - due(group, age.minusMinutes(1)).size())
            .toList();

    assertThat(more).allSatisfy(each -> assertThat(each).isBetween(100, 250));
  }

  @Test
  void withoutAnIntervalNothingIsEverDue() {
    Scenario group = mesh(3);

    assertThat(due(group.group(), RekeyInterval.MAX)).isEmpty();
    assertThat(due(group.and(rekeyEvery("PT1H"), rekeyNoMore()).group(), RekeyInterval.MAX))
        .isEmpty();
  }

  @Test
  void aLinkWithoutKeysIsNotDue() {
    GroupState.Active group =
        Scenario.given(
                createGroup(PARTIAL_MESH, IPSEC),
                rekeyEvery("PT1H"),
                add(enrolled("a")),
                add(enrolled("b")),
                add(awaiting("c")),
                addLink("a", "b"),
                addLink("a", "c"))
            .group();

    assertThat(due(group, HOUR)).extracting(DueLink::link).containsExactly(Samples.link("a~b"));
  }

  @Test
  void revokedAndRemovedLinksAreNotDue() {
    GroupState.Active group =
        mesh(3)
            .and(rekeyEvery("PT1H"), Commands.revoke("m0", RevokedLinks.KEEP))
            .and(Commands.remove("m1"))
            .group();

    assertThat(group.linkCount()).isEqualTo(1);
    assertThat(due(group, HOUR)).isEmpty();
  }

  @Test
  void theOldestKeysComeFirstAndNoMoreThanTheLimit() {
    Scenario group = mesh(4).and(rekeyEvery("PT1H"));
    GroupState state = group.state();
    for (String link : List.of("m0~m1", "m2~m3")) {
      state = rekeyed(state, Samples.link(link), NOW.plus(HOUR.dividedBy(2)), 99);
    }

    List<DueLink> three =
        RekeySchedule.due((GroupState.Active) state, NOW.plus(HOUR.multipliedBy(2)), 5);

    assertThat(three).hasSize(5);
    assertThat(three.subList(0, 4))
        .extracting(DueLink::link)
        .doesNotContain(Samples.link("m0~m1"), Samples.link("m2~m3"));
  }

  private static LongStream seeds() {
    return LongStream.rangeClosed(1, 10);
  }

  /** Day after day, with links changed by hand in between and a limit on each round. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void neverEarlyNeverLateAndTheSameAfterARestart(long seed) {
    Random random = new Random(seed);
    RekeyInterval interval = new RekeyInterval(Duration.ofSeconds(600 + random.nextInt(9_000)));
    Scenario scenario = mesh(3 + random.nextInt(8)).and(rekeyEvery(interval.toString()));
    Duration round = interval.duration().dividedBy(50);
    int limit = 6; // 45 links at most, spread over 5 rounds: 9 a round on average, so some wait
    Duration slack = round.multipliedBy(1 + scenario.group().linkCount() / limit);
    Map<LinkId, Instant> keyedAt = new HashMap<>();
    scenario.group().links().forEach(link -> keyedAt.put(link.id(), NOW));
    List<RecordedEvent> log = new ArrayList<>(scenario.log());
    GroupState state = scenario.state();
    for (int step = 1; step <= 300; step++) {
      Instant now = NOW.plus(round.multipliedBy(step));
      List<DueLink> due = RekeySchedule.due((GroupState.Active) state, now, limit);
      assertThat(RekeySchedule.due(replayed(log), now, limit))
          .as("seed %d, step %d", seed, step)
          .isEqualTo(due);
      List<LinkId> links = new ArrayList<>(due.stream().map(DueLink::link).toList());
      for (LinkId link : links) {
        assertThat(Duration.between(keyedAt.get(link), now))
            .as("seed %d, step %d, %s", seed, step, link)
            .isBetween(
                interval.duration().multipliedBy(9).dividedBy(10), interval.duration().plus(slack));
      }
      if (random.nextInt(5) == 0) {
        links.add(List.copyOf(keyedAt.keySet()).get(random.nextInt(keyedAt.size())));
      }
      for (LinkId link : links) {
        RecordedEvent event = rekey(state, link, now, seed * 1_000_000 + log.size());
        state = Evolver.evolve(state, event);
        log.add(event);
        keyedAt.put(link, now);
      }
      keyedAt.forEach(
          (link, since) ->
              assertThat(Duration.between(since, now))
                  .as("seed %d, age of %s", seed, link)
                  .isLessThanOrEqualTo(interval.duration().plus(slack)));
    }
  }

  private static Scenario mesh(int members) {
    Scenario scenario = Scenario.given(createGroup(MESH, IPSEC));
    IntStream.range(0, members).forEach(i -> scenario.and(add(enrolled("m" + i))));
    return scenario;
  }

  private static List<DueLink> due(GroupState.Active group, Duration age) {
    return RekeySchedule.due(group, NOW.plus(age), NO_LIMIT);
  }

  private static GroupState rekeyed(GroupState state, LinkId link, Instant at, long number) {
    return Evolver.evolve(state, rekey(state, link, at, number));
  }

  private static RecordedEvent rekey(GroupState state, LinkId link, Instant at, long number) {
    CommandEnvelope envelope =
        Samples.envelopeAt(at, new GroupCommand.RekeyLink(state.id(), link), number);
    return ((Decision.Accepted) Decider.decide(state, envelope)).events().getFirst();
  }

  private static GroupState.Active replayed(List<RecordedEvent> log) {
    GroupState state = GroupState.absent(Samples.GROUP);
    for (RecordedEvent event : log) {
      state = Evolver.evolve(state, event);
    }
    return (GroupState.Active) state;
  }
}
