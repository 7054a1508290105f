package io.linkwright.command.writer;

import static io.linkwright.command.writer.GroupCommands.GROUP;
import static io.linkwright.command.writer.GroupCommands.answer;
import static io.linkwright.command.writer.GroupCommands.code;
import static io.linkwright.command.writer.GroupCommands.execute;
import static io.linkwright.command.writer.GroupCommands.link;
import static io.linkwright.command.writer.GroupCommands.member;
import static io.linkwright.command.writer.GroupCommands.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.command.log.InMemoryEventLog;
import io.linkwright.command.log.LoggedRecord;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.RejectionCode;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    log.intrude(0, offset -> new LoggedRecord.Event(offset, "", foreign(GROUP, 6)));
    log.intrude(0, offset -> new LoggedRecord.Unknown(offset, "No Group", "schema 99"));

    claimAnew();

    assertThat(writer.damagedGroups()).isZero();
    assertThat(registry.get("linkwright.writer.passed.over").counter().count()).isEqualTo(3);
    done(execute("two", link("b", "c")));
  }

  @Test
  void anImpossibleEventStopsItsGroupAndNoOther() {
    log.intrude(0, offset -> new LoggedRecord.Event(offset, "red", foreign(GROUP, 6)));

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
    log.intrude(0, offset -> new LoggedRecord.Event(offset, "red", foreign(GROUP, 9)));
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
                  default -> new LoggedRecord.Event(offset, key, foreign(GROUP, revision));
                });
        claimAnew();
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
