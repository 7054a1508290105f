package io.linkwright.command.writer;

import static io.linkwright.command.writer.GroupCommands.GROUP;
import static io.linkwright.command.writer.GroupCommands.answer;
import static io.linkwright.command.writer.GroupCommands.code;
import static io.linkwright.command.writer.GroupCommands.execute;
import static io.linkwright.command.writer.GroupCommands.link;
import static io.linkwright.command.writer.GroupCommands.member;
import static io.linkwright.command.writer.GroupCommands.settings;
import static io.linkwright.command.writer.GroupCommands.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.command.log.InMemoryEventLog;
import io.linkwright.command.log.InMemoryEventLog.Fate;
import io.linkwright.command.writer.Submission.Mode;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.RejectionCode;
import io.linkwright.domain.key.KeySeed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the commands of one batch. */
final class WriterProtocolTest {
  private static final WriterLimits LIMITS =
      new WriterLimits(16, 3, 1_000, 2, 1 << 20, Duration.ZERO, Duration.ZERO);

  private final Deque<Fate> fates = new ArrayDeque<>();
  private final InMemoryEventLog log =
      new InMemoryEventLog(1, _ -> fates.isEmpty() ? Fate.WELL : fates.poll());
  private final Deque<Submission> queue = new ArrayDeque<>();
  private WriterProtocol writer = writer();

  @BeforeEach
  void createGroupWithMembers() {
    writer.claim();
    written(execute("create", new GroupCommand.CreateGroup(settings())));
    for (String edge : List.of("a", "b", "c")) {
      written(execute("add-" + edge, new GroupCommand.AddMember(GROUP, member(edge))));
    }
  }

  @Test
  void decidesACommandOnWhatTheBatchDidBeforeIt() {
    Submission first = execute("one", link("a", "b"));
    Submission second = execute("two", link("b", "a"));

    write(first, second);

    assertThat(answer(first)).isInstanceOf(CommandAnswer.Done.class);
    assertThat(code(second)).isEqualTo(RejectionCode.LINK_EXISTS);
    assertThat(log.transactions(0)).hasSize(5);
  }

  @Test
  void aRefusalThatRestsOnALostTransactionIsNotGiven() {
    Submission first = execute("one", link("a", "b"));
    Submission second = execute("two", link("b", "a"));
    fates.add(Fate.UNKNOWN_ABORTED);

    write(first, second);

    assertThat(answer(first)).isInstanceOf(CommandAnswer.OutcomeUnknown.class);
    assertThat(answer(second)).isInstanceOf(CommandAnswer.NotReady.class);
    assertThat(writer.phase()).isInstanceOf(WriterProtocol.Phase.Unclaimed.class);
  }

  @Test
  void aTransactionThatAlwaysAbortsIsAnsweredAfterTwoTriesAndOthersGoOn() {
    Submission hopeless = execute("one", link("a", "b"));
    fates.add(Fate.ABORTED);
    fates.add(Fate.ABORTED);

    write(hopeless);

    assertThat(answer(hopeless)).isInstanceOf(CommandAnswer.NotReady.class);
    assertThat(fates).isEmpty();
    written(execute("two", link("b", "c")));
  }

  @Test
  void aTransactionThatLosesEveryClaimIsTriedOnceForEachAskingAndOthersGoOn() {
    for (Fate fate : List.of(Fate.UNKNOWN_ABORTED, Fate.FENCED_IN_BETWEEN)) {
      Submission hopeless = execute("one", link("a", "b"));
      fates.add(fate);

      write(hopeless);

      assertThat(hopeless.answer()).as(fate.name()).isCompleted();
      assertThat(writer.phase()).isInstanceOf(WriterProtocol.Phase.Unclaimed.class);
      writer.claim();
    }
    written(execute("two", link("b", "c")));
  }

  @Test
  void anOwnerThatWasReplacedRefusesNothing() {
    log.claim(0);
    Submission stale = execute("one", link("a", "a"));

    write(stale);

    assertThat(answer(stale)).isInstanceOf(CommandAnswer.NotReady.class);
    assertThat(writer.phase()).isInstanceOf(WriterProtocol.Phase.Unclaimed.class);
  }

  @Test
  void anAbortedTransactionIsTriedOnceMore() {
    Submission first = execute("one", link("a", "b"));
    fates.add(Fate.ABORTED);

    write(first);

    assertThat(answer(first)).isInstanceOf(CommandAnswer.Done.class);
    assertThat(revisions()).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void aTransactionAbortedTwiceDidNothingAndCanBeRepeated() {
    Submission first = execute("one", link("a", "b"));
    fates.addAll(List.of(Fate.ABORTED, Fate.ABORTED));

    write(first);
    Submission again = execute("one", link("a", "b"));
    write(again);

    assertThat(answer(first)).isInstanceOf(CommandAnswer.NotReady.class);
    assertThat(answer(again)).isInstanceOf(CommandAnswer.Done.class);
    assertThat(revisions()).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void aKeyRepeatedInTheSameBatchGetsTheFirstOutcome() {
    Submission first = execute("one", link("a", "b"));
    Submission repeat = execute("one", link("a", "b"));
    Submission misuse = execute("one", link("b", "c"));

    write(first, repeat, misuse);

    assertThat(answer(repeat)).isEqualTo(answer(first));
    assertThat(answer(misuse)).isInstanceOf(CommandAnswer.KeyReused.class);
    assertThat(revisions()).hasSize(5);
  }

  @Test
  void aKeyIsRecognizedByTheNextOwnerAsFarBackAsTheWindowGoes() {
    CommandAnswer first = written(execute("one", link("a", "b")));
    written(execute("two", link("b", "c")));
    writer = writer();
    writer.claim();

    Submission repeat = execute("one", link("a", "b"));
    Submission tooOld = execute("add-a", new GroupCommand.AddMember(GROUP, member("a")));
    write(repeat, tooOld);

    assertThat(answer(repeat)).isEqualTo(first);
    assertThat(code(tooOld)).isEqualTo(RejectionCode.MEMBER_EXISTS);
  }

  @Test
  void aRefusalIsNotRemembered() {
    Submission refused = execute("one", link("a", "d"));
    write(refused);
    written(execute("add-d", new GroupCommand.AddMember(GROUP, member("d"))));

    Submission repeat = execute("one", link("a", "d"));
    write(repeat);

    assertThat(code(refused)).isEqualTo(RejectionCode.UNKNOWN_MEMBER);
    assertThat(answer(repeat)).isInstanceOf(CommandAnswer.Done.class);
  }

  @Test
  void aDryRunAnswersAsIfAndLeavesNothingBehind() {
    Submission dry = submission("one", link("a", "b"), Mode.DRY_RUN);
    Submission real = execute("one", link("a", "b"));

    write(dry, real);

    assertThat(answer(dry)).isEqualTo(answer(real));
    assertThat(revisions()).hasSize(5);
  }

  @Test
  void aBatchIsBoundedAndTheRestWaits() {
    List<Submission> four =
        List.of(
            execute("one", link("a", "b")),
            execute("two", link("b", "c")),
            execute("three", link("a", "c")),
            execute("four", link("a", "d")));

    write(four.toArray(Submission[]::new));

    assertThat(four.subList(0, 3)).allMatch(each -> each.answer().isDone());
    assertThat(queue).containsExactly(four.getLast());
  }

  @Test
  void aBugInOneCommandHurtsNoOther() {
    ConfigurationSource failing =
        new PlainConfiguration() {
          @Override
          public Optional<ConfigurationDraft> draftOf(
              RecordedEvent event, GroupState after, KeySeed seed) {
            if (event.commandId().equals("bad")) {
              throw new IllegalStateException("simulated bug");
            }
            return super.draftOf(event, after, seed);
          }
        };
    writer = new WriterProtocol(0, log, failing, LIMITS, metrics());
    writer.claim();
    Submission bad = execute("bad", link("a", "b"));
    Submission good = execute("good", link("a", "b"));

    write(bad, good);

    assertThat(answer(bad)).isInstanceOf(CommandAnswer.Failed.class);
    assertThat(answer(good)).isInstanceOf(CommandAnswer.Done.class);
    assertThat(revisions()).hasSize(5);
  }

  private WriterProtocol writer() {
    return new WriterProtocol(0, log, new PlainConfiguration(), LIMITS, metrics());
  }

  private static WriterMetrics metrics() {
    return new WriterMetrics(new SimpleMeterRegistry());
  }

  private CommandAnswer written(Submission submission) {
    write(submission);
    assertThat(answer(submission)).isInstanceOf(CommandAnswer.Done.class);
    return answer(submission);
  }

  private void write(Submission... batch) {
    queue.addAll(List.of(batch));
    writer.write(queue.poll(), () -> Optional.ofNullable(queue.poll()));
    writer.finish();
  }

  private List<Long> revisions() {
    return log.events(0).stream().map(RecordedEvent::revision).toList();
  }
}
