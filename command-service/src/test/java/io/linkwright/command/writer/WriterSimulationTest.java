package io.linkwright.command.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.command.log.InMemoryEventLog;
import io.linkwright.command.log.InMemoryEventLog.Fate;
import io.linkwright.command.log.LogRecord;
import io.linkwright.command.log.LoggedRecord;
import io.linkwright.domain.delivery.ConfigurationChange;
import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.group.Evolver;
import io.linkwright.domain.group.FoldedLog;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.Succession;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.member.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The writer protocol under every failure that the log can have, at every step. */
final class WriterSimulationTest {
  private static final List<Fate> FATES = List.of(Fate.values());
  private static final int SEEDS = 150;
  private static final int COMMANDS = 50;

  @Test
  void holdsUnderEveryFailureAtEveryTransaction() {
    int transactions = transactionsWithoutFailure();
    assertThat(transactions).isGreaterThan(20);
    for (Fate fate : FATES) {
      for (int at = 0; at < transactions; at++) {
        AtomicInteger count = new AtomicInteger();
        int failing = at;
        WriterSimulation simulation =
            new WriterSimulation(
                new SplittableRandom(1),
                _ -> count.getAndIncrement() == failing ? fate : Fate.WELL,
                COMMANDS);
        simulation.run();
        verify(simulation, "%s at transaction %d".formatted(fate, at));
      }
    }
  }

  @Test
  void holdsUnderRandomFailuresOfManyWriters() {
    for (int seed = 0; seed < SEEDS; seed++) {
      SplittableRandom fates = new SplittableRandom(~seed);
      WriterSimulation simulation =
          new WriterSimulation(
              new SplittableRandom(seed),
              _ -> fates.nextInt(3) == 0 ? FATES.get(fates.nextInt(FATES.size())) : Fate.WELL,
              COMMANDS);
      simulation.run();
      verify(simulation, "seed " + seed);
    }
  }

  /**
   * Somebody copies records of the log to it, while writers come and go: groups stand still, and
   * nothing that was acknowledged stands behind a copy.
   */
  @Test
  void nothingAcknowledgedStandsBehindAStrangersRecord() {
    int damaged = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      SplittableRandom fates = new SplittableRandom(~seed);
      WriterSimulation simulation =
          new WriterSimulation(
                  new SplittableRandom(seed),
                  _ -> fates.nextInt(3) == 0 ? FATES.get(fates.nextInt(FATES.size())) : Fate.WELL,
                  COMMANDS)
              .withCopies(new SplittableRandom(seed + 1_000L));
      simulation.run();
      damaged += verifyAcknowledged(simulation, "seed " + seed);
    }
    assertThat(damaged).isGreaterThan(SEEDS / 2);
  }

  private static int verifyAcknowledged(WriterSimulation simulation, String run) {
    InMemoryEventLog log = simulation.log();
    FoldedLog folded = new FoldedLog(InMemoryEventLog.seals());
    Map<String, List<RecordedEvent>> counted = new HashMap<>();
    for (LoggedRecord record : log.records(0)) {
      var logged = (LoggedRecord.Event) record;
      RecordedEvent event = logged.event();
      if (folded.take(logged.key(), event, logged.seal(), 0, logged.offset())
          instanceof Succession.Next) {
        counted.computeIfAbsent(event.commandId(), _ -> new ArrayList<>()).add(event);
      }
    }
    Set<String> written = new HashSet<>();
    log.transactions(0).stream()
        .flatMap(List::stream)
        .filter(LogRecord.Event.class::isInstance)
        .forEach(record -> written.add(((LogRecord.Event) record).event().commandId()));
    simulation
        .answers()
        .forEach(
            (key, answer) -> {
              if (answer instanceof CommandAnswer.Done(Receipt receipt) && written.contains(key)) {
                assertThat(counted).as(run).containsKey(key);
                assertThat(Receipts.ofEvents(counted.get(key))).as(run).isEqualTo(receipt);
              }
            });
    return folded.damaged();
  }

  private static int transactionsWithoutFailure() {
    AtomicInteger count = new AtomicInteger();
    new WriterSimulation(
            new SplittableRandom(1),
            _ -> {
              count.incrementAndGet();
              return Fate.WELL;
            },
            COMMANDS)
        .run();
    return count.get();
  }

  private static void verify(WriterSimulation simulation, String run) {
    InMemoryEventLog log = simulation.log();
    List<RecordedEvent> events = log.events(0);
    Map<GroupId, GroupState> states = replayed(events);
    Map<String, List<RecordedEvent>> byCommand = byCommand(events, run);
    simulation
        .answers()
        .forEach((key, answer) -> verifyAnswer(key, answer, byCommand, states, run));
    simulation
        .repeated(byCommand.keySet())
        .forEach(
            (key, answer) -> assertThat(answer).as(run).isEqualTo(simulation.answers().get(key)));
    assertThat(log.events(0)).as(run).isEqualTo(events);
    assertThat(log.folded(0).damaged()).as(run + ": the chain").isZero();
    verifyTransactions(log.transactions(0), run);
    assertThat(revisions(log.configurations())).as(run).isEqualTo(expectedRevisions(events));
    assertThat(log.configurations().keySet()).as(run).isEqualTo(expectedKeys(states));
  }

  /** Throws on a gap and on events that cannot follow each other. */
  private static Map<GroupId, GroupState> replayed(List<RecordedEvent> events) {
    Map<GroupId, GroupState> states = new HashMap<>();
    for (RecordedEvent event : events) {
      states.merge(
          event.group(),
          Evolver.evolve(
              states.getOrDefault(event.group(), GroupState.absent(event.group())), event),
          (_, next) -> next);
    }
    return states;
  }

  /** The events of each command; they must stand together, or it was done twice. */
  private static Map<String, List<RecordedEvent>> byCommand(
      List<RecordedEvent> events, String run) {
    Map<String, List<RecordedEvent>> byCommand = new LinkedHashMap<>();
    String previous = "";
    for (RecordedEvent event : events) {
      if (!event.commandId().equals(previous)) {
        assertThat(byCommand).as(run).doesNotContainKey(event.commandId());
        byCommand.put(event.commandId(), new ArrayList<>());
      }
      byCommand.get(event.commandId()).add(event);
      previous = event.commandId();
    }
    return byCommand;
  }

  private static void verifyAnswer(
      String key,
      CommandAnswer answer,
      Map<String, List<RecordedEvent>> byCommand,
      Map<GroupId, GroupState> states,
      String run) {
    switch (answer) {
      case CommandAnswer.Done(Receipt receipt) -> {
        if (byCommand.containsKey(key)) {
          assertThat(receipt).as(run).isEqualTo(Receipts.ofEvents(byCommand.get(key)));
        } else {
          assertThat(states).as(run).isNotEmpty();
          assertThat(receipt.links()).as(run).isEqualTo(Receipt.LinkChanges.NONE);
        }
      }
      case CommandAnswer.Refused _ -> assertThat(byCommand).as(run).doesNotContainKey(key);
      case CommandAnswer.KeyReused _,
          CommandAnswer.NotReady _,
          CommandAnswer.OutcomeUnknown _,
          CommandAnswer.Failed _ ->
          throw new AssertionError(run + ": " + answer);
    }
  }

  /** Every event stands in one transaction with exactly the configuration it calls for. */
  private static void verifyTransactions(List<List<LogRecord>> transactions, String run) {
    for (List<LogRecord> transaction : transactions) {
      List<String> expected = new ArrayList<>();
      List<String> written = new ArrayList<>();
      for (LogRecord record : transaction) {
        switch (record) {
          case LogRecord.Event(RecordedEvent event) ->
              ConfigurationChange.of(event.payload())
                  .ifPresent(
                      change ->
                          change
                              .edges()
                              .forEach(
                                  edge ->
                                      expected.add(
                                          "%s %s %d"
                                              .formatted(edge, event.group(), event.revision()))));
          case LogRecord.Configuration(EdgeConfigKey key, long revision, _) ->
              written.add("%s %s %d".formatted(key.edge(), key.group(), revision));
        }
      }
      assertThat(written).as(run).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static Map<String, Long> revisions(Map<String, LogRecord.Configuration> records) {
    Map<String, Long> revisions = new HashMap<>();
    records.forEach((key, record) -> revisions.put(key, record.revision()));
    return revisions;
  }

  /** The fold of all events: key and revision of every configuration record that stands. */
  private static Map<String, Long> expectedRevisions(List<RecordedEvent> events) {
    Map<String, Long> revisions = new HashMap<>();
    for (RecordedEvent event : events) {
      GroupId group = event.group();
      switch (ConfigurationChange.of(event.payload()).orElse(null)) {
        case null -> {}
        case ConfigurationChange.LinkConfigured(LinkConfiguration link) ->
            link.id()
                .edges()
                .forEach(
                    edge ->
                        revisions.put(
                            EdgeConfigKey.ofLink(edge, group, link.id()).toString(),
                            event.revision()));
        case ConfigurationChange.LinkWithdrawn(LinkId link) ->
            link.edges()
                .forEach(
                    edge -> revisions.remove(EdgeConfigKey.ofLink(edge, group, link).toString()));
        case ConfigurationChange.MembershipConfigured(Member member) ->
            revisions.put(
                EdgeConfigKey.ofMembership(member.edge(), group).toString(), event.revision());
        case ConfigurationChange.MembershipWithdrawn(var edge) ->
            revisions.remove(EdgeConfigKey.ofMembership(edge, group).toString());
      }
    }
    return revisions;
  }

  /** The same from the final state alone: enrolled members, and links between two of them. */
  private static Set<String> expectedKeys(Map<GroupId, GroupState> states) {
    Set<String> keys = new HashSet<>();
    for (GroupState state : states.values()) {
      if (state instanceof GroupState.Active group) {
        group
            .members()
            .filter(member -> member.keys().isPresent())
            .forEach(
                member ->
                    keys.add(EdgeConfigKey.ofMembership(member.edge(), group.id()).toString()));
        group
            .links()
            .filter(LinkConfiguration::isConfigurable)
            .forEach(
                link ->
                    link.id()
                        .edges()
                        .forEach(
                            edge ->
                                keys.add(
                                    EdgeConfigKey.ofLink(edge, group.id(), link.id()).toString())));
      }
    }
    return keys;
  }
}
