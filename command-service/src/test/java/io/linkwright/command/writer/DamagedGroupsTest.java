package io.linkwright.command.writer;

import static io.linkwright.command.log.InMemoryEventLog.NO_SEAL;
import static io.linkwright.command.writer.GroupCommands.GROUP;
import static io.linkwright.command.writer.GroupCommands.answer;
import static io.linkwright.command.writer.GroupCommands.code;
import static io.linkwright.command.writer.GroupCommands.execute;
import static io.linkwright.command.writer.GroupCommands.link;
import static io.linkwright.command.writer.GroupCommands.member;
import static io.linkwright.command.writer.GroupCommands.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.command.log.InMemoryEventLog;
import io.linkwright.command.log.LogRecord;
import io.linkwright.command.log.LoggedRecord;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.RejectionCode;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records on the log that no writer of ours wrote, or that cannot follow. */
final class DamagedGroupsTest {
  private static final GroupId OTHER = new GroupId("blue");
  private static final WriterLimits LIMITS =
      new WriterLimits(16, 8, 1_000, 50, 1 << 20, Duration.ZERO, Duration.ZERO);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final InMemoryEventLog log = InMemoryEventLog.reliable(1);
  private WriterProtocol writer = writer();

  private WriterProtocol writer() {
    return new WriterProtocol(
        0, log, new PlainConfiguration(), LIMITS, new WriterMetrics(registry));
  }

  @BeforeEach
  void createTwoGroups() {
    writer.claim();
    done(execute("create", new GroupCommand.CreateGroup(settings())));
    for (String edge : List.of("a", "b", "c")) {
      done(execute("add-" + edge, new GroupCommand.AddMember(GROUP, member(edge))));
    }
    done(execute("link", link("a", "b")));
    done(execute("create", new GroupCommand.CreateGroup(of(OTHER))));
  }

  private static GroupSettings of(GroupId id) {
    GroupSettings red = settings();
    return new GroupSettings(
        id,
        "Blue",
        red.topology(),
        red.tunnelProtocol(),
        false,
        Optional.empty(),
        red.addressPool());
  }

  private static RecordedEvent foreign(GroupId group, long revision) {
    return new RecordedEvent(
        new UUID(8, revision),
        group,
        revision,
        Instant.EPOCH,
        "stranger",
        "stranger",
        new GroupEvent.LinkRemoved(LinkId.parse("x~y")));
  }

  private void claimAnew() {
    writer.close();
    writer = writer();
    writer.claim();
  }

  private Submission written(Submission submission) {
    writer.write(submission, Optional::empty);
    writer.finish();
    return submission;
  }

  private void done(Submission submission) {
    assertThat(answer(written(submission))).isInstanceOf(CommandAnswer.Done.class);
  }

  @Test
  void whatIsNoEventOfOursIsPassedOverAndCounted() {
    log.intrude(0, offset -> new LoggedRecord.Foreign(offset, "20 bytes of text"));
    log.intrude(0, offset -> new LoggedRecord.Event(offset, "", foreign(GROUP, 6), NO_SEAL));
    log.intrude(0, offset -> new LoggedRecord.Unknown(offset, "No Group", "schema 99"));

    claimAnew();

    assertThat(writer.damagedGroups()).isZero();
    assertThat(registry.get("linkwright.writer.passed.over").counter().count()).isEqualTo(3);
    done(execute("two", link("b", "c")));
  }

  @Test
  void anImpossibleEventStopsItsGroupAndNoOther() {
    log.intrude(0, offset -> new LoggedRecord.Event(offset, "red", foreign(GROUP, 6), NO_SEAL));

    claimAnew();

    assertThat(writer.damagedGroups()).isEqualTo(1);
    Submission refused = written(execute("two", link("b", "c")));
    assertThat(code(refused)).isEqualTo(RejectionCode.GROUP_DAMAGED);
    done(execute("add", new GroupCommand.AddMember(OTHER, member("a"))));
    assertThat(answer(written(execute("link", link("a", "b")))))
        .as("what was done before is still answered")
        .isInstanceOf(CommandAnswer.Done.class);
  }

  @Test
  void aRecoveryLetsTheGroupGoOnForThisWriterAndTheNext() {
    log.intrude(0, offset -> new LoggedRecord.Unknown(offset, "red", "schema 99"));
    log.intrude(0, offset -> new LoggedRecord.Event(offset, "red", foreign(GROUP, 9), NO_SEAL));
    claimAnew();

    Submission recovered = written(execute("recover", new GroupCommand.RecoverGroup(GROUP, 20)));

    assertThat(answer(recovered))
        .isInstanceOfSatisfying(
            CommandAnswer.Done.class,
            done ->
                assertThat(done.receipt().subject())
                    .isEqualTo(new Receipt.Subject.GroupRecovered(5, 0, 0)));
    assertThat(writer.damagedGroups()).isZero();
    claimAnew();
    assertThat(writer.damagedGroups()).isZero();
    done(execute("two", link("b", "c")));
    assertThat(log.events(0).getLast().revision()).isEqualTo(22);
  }

  @Test
  void aRepeatedRecoveryIsDoneOnce() {
    done(execute("recover", new GroupCommand.RecoverGroup(GROUP, 0)));
    int events = log.events(0).size();
    claimAnew();

    done(execute("recover", new GroupCommand.RecoverGroup(GROUP, 0)));

    assertThat(log.events(0)).hasSize(events);
  }

  /** It could follow, and an auditor without the key would take it for one of ours. */
  @Test
  void whatNobodySealedStopsItsGroupThoughItCouldFollow() {
    log.intrude(0, offset -> new LoggedRecord.Event(offset, "red", possible(6), NO_SEAL));

    claimAnew();

    assertDamaged("carries no MAC");
  }

  @Test
  void aSealOfAnotherPlaceOrGroupStopsTheGroup() {
    LoggedRecord.Event last = eventOf(GROUP);
    log.intrude(0, offset -> new LoggedRecord.Event(offset, "red", possible(6), last.seal()));

    claimAnew();

    assertDamaged("MAC does not fit");
  }

  @Test
  void aRecordThatIsCopiedStopsItsGroup() {
    LoggedRecord.Event last = eventOf(GROUP);
    log.intrude(0, offset -> copy(last, offset));

    claimAnew();

    assertDamaged("a second event at this revision");
  }

  @Test
  void twoRecordsInTheOtherOrderStopTheirGroup() {
    InMemoryEventLog swapped = InMemoryEventLog.reliable(1);
    List<LoggedRecord> records = new ArrayList<>(log.records(0));
    Collections.swap(records, 1, 2);
    records.forEach(
        record -> swapped.intrude(0, offset -> copy((LoggedRecord.Event) record, offset)));
    writer =
        new WriterProtocol(
            0, swapped, new PlainConfiguration(), LIMITS, new WriterMetrics(registry));

    writer.claim();

    assertDamaged("revision 2 is missing");
  }

  /** Of a writer that has lost the partition, and had sealed it before. */
  @Test
  void aRivalThatWasSealedForTheSamePlaceStopsTheGroup() {
    InMemoryEventLog rival = InMemoryEventLog.reliable(1);
    log.records(0).stream()
        .map(LoggedRecord.Event.class::cast)
        .forEach(record -> rival.intrude(0, offset -> copy(record, offset)));
    rival.former(0, possible(6));
    LoggedRecord.Event fenced = (LoggedRecord.Event) rival.records(0).getLast();
    done(execute("two", link("b", "c")));
    log.intrude(0, offset -> copy(fenced, offset));

    claimAnew();

    assertDamaged("a second event at this revision");
  }

  @Test
  void aLiveWriterNeverWritesBehindAStrangersEvent() {
    log.intrude(0, offset -> new LoggedRecord.Event(offset, "red", foreign(GROUP, 99), NO_SEAL));
    int transactions = log.transactions(0).size();

    assertDamaged("revisions 6 to 98 are missing");

    assertThat(log.transactions(0).stream().skip(transactions))
        .as("of red, nothing was written")
        .allSatisfy(
            transaction ->
                assertThat(transaction)
                    .filteredOn(LogRecord.Event.class::isInstance)
                    .allMatch(record -> ((LogRecord.Event) record).event().group().equals(OTHER)));
    done(execute("recover", new GroupCommand.RecoverGroup(GROUP, 0)));
    assertThat(log.folded(0).group(GROUP).state().revision()).isEqualTo(100);
    claimAnew();
    assertThat(writer.damagedGroups()).isZero();
  }

  @Test
  void whatIsDecidedUponTheOneAheadIsDecidedAnewIfAStrangerCameBetween() {
    Submission ahead = execute("ahead", new GroupCommand.AddMember(OTHER, member("a")));
    Submission next = execute("next", link("b", "c"));

    writer.write(ahead, Optional::empty);
    log.intrude(0, offset -> new LoggedRecord.Event(offset, "red", possible(6), NO_SEAL));
    writer.write(next, Optional::empty);
    writer.finish();

    assertThat(answer(ahead)).isInstanceOf(CommandAnswer.Done.class);
    assertThat(code(next)).isEqualTo(RejectionCode.GROUP_DAMAGED);
  }

  @Test
  void aWriterThatHasNothingToDoFindsStrangersToo() {
    writer.look();
    assertThat(writer.damagedGroups()).isZero();
    log.intrude(0, offset -> new LoggedRecord.Event(offset, "red", possible(6), NO_SEAL));

    writer.look();

    assertThat(writer.damagedGroups()).isEqualTo(1);
  }

  private void assertDamaged(String reason) {
    Submission refused = written(execute("refused", link("b", "c")));
    assertThat(answer(refused))
        .isInstanceOfSatisfying(
            CommandAnswer.Refused.class,
            refusal -> {
              assertThat(refusal.rejection().code()).isEqualTo(RejectionCode.GROUP_DAMAGED);
              assertThat(refusal.rejection().detail()).contains(reason);
            });
    assertThat(writer.damagedGroups()).isEqualTo(1);
    done(execute("other", new GroupCommand.AddMember(OTHER, member("z"))));
  }

  /** The last of the group on the log. */
  private LoggedRecord.Event eventOf(GroupId group) {
    return log.records(0).stream()
        .filter(LoggedRecord.Event.class::isInstance)
        .map(LoggedRecord.Event.class::cast)
        .filter(record -> record.event().group().equals(group))
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  private static LoggedRecord copy(LoggedRecord.Event copied, long offset) {
    return new LoggedRecord.Event(offset, copied.key(), copied.event(), copied.seal());
  }

  private static RecordedEvent possible(long revision) {
    return new RecordedEvent(
        new UUID(8, revision),
        GROUP,
        revision,
        Instant.EPOCH,
        "stranger",
        "stranger",
        new GroupEvent.MemberRemoved(new EdgeId("c")));
  }

  private static LongStream seeds() {
    return LongStream.rangeClosed(1, 30);
  }

  /** Whatever strangers write, a group without damage is as its own commands left it. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void strangersNeverHarmAnotherGroupNorTheClaim(long seed) {
    Random random = new Random(seed);
    List<String> blue = new ArrayList<>();
    for (int step = 0; step < 60; step++) {
      if (random.nextInt(4) == 0) {
        int kind = random.nextInt(4);
        long revision = 1L + random.nextInt(30);
        String key = List.of("red", "", "?", "green").get(random.nextInt(4));
        log.intrude(
            0,
            offset ->
                switch (kind) {
                  case 0 -> new LoggedRecord.Foreign(offset, "noise");
                  case 1 -> new LoggedRecord.Unknown(offset, key, "noise");
                  default -> new LoggedRecord.Event(offset, key, foreign(GROUP, revision), NO_SEAL);
                });
        if (random.nextBoolean()) {
          claimAnew();
        }
      }
      String edge = "e" + step;
      done(execute(edge, new GroupCommand.AddMember(OTHER, member(edge))));
      blue.add(edge);
      Submission red = written(execute(edge, new GroupCommand.AddMember(GROUP, member(edge))));
      if (code(red) == RejectionCode.GROUP_DAMAGED) {
        done(execute("recover" + step, new GroupCommand.RecoverGroup(GROUP, 0)));
      }
    }
    claimAnew();
    for (String edge : blue) {
      assertThat(code(written(execute("again", new GroupCommand.AddMember(OTHER, member(edge))))))
          .as("seed %d edge %s", seed, edge)
          .isEqualTo(RejectionCode.MEMBER_EXISTS);
    }
  }
}
