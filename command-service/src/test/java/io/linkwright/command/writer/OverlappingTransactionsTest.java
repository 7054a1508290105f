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
import io.linkwright.command.log.InMemoryEventLog.Fate;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.RejectionCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a transaction that was decided upon one that is not on the log yet. */
final class OverlappingTransactionsTest {
  private static final WriterLimits LIMITS =
      new WriterLimits(16, 3, 1_000, 9, 1 << 20, Duration.ZERO, Duration.ZERO);

  private final Deque<Fate> fates = new ArrayDeque<>();
  private final InMemoryEventLog log =
      new InMemoryEventLog(1, _ -> fates.isEmpty() ? Fate.WELL : fates.poll());
  private final WriterProtocol writer =
      new WriterProtocol(
          0, log, new PlainConfiguration(), LIMITS, new WriterMetrics(new SimpleMeterRegistry()));
  private final Submission ahead = execute("ahead", link("a", "b"));

  @BeforeEach
  void createGroupWithMembers() {
    writer.claim();
    write(execute("create", new GroupCommand.CreateGroup(settings())));
    for (String edge : List.of("a", "b", "c")) {
      write(execute("add-" + edge, new GroupCommand.AddMember(GROUP, member(edge))));
    }
    writer.finish();
  }

  @Test
  void isDecidedUponTheOneAheadAndAnsweredAfterIt() {
    Submission opposite = execute("opposite", link("b", "a"));

    write(ahead);
    boolean answeredOnItsWay = ahead.answer().isDone();
    write(opposite);
    boolean answeredBeforeItsEnd = opposite.answer().isDone();
    writer.finish();

    assertThat(answeredOnItsWay).isFalse();
    assertThat(answer(ahead)).isInstanceOf(CommandAnswer.Done.class);
    assertThat(answeredBeforeItsEnd).isFalse();
    assertThat(code(opposite)).isEqualTo(RejectionCode.LINK_EXISTS);
    assertThat(revisions()).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void knowsTheKeysOfTheOneAhead() {
    Submission repeat = execute("ahead", link("a", "b"));

    write(ahead);
    write(repeat);
    writer.finish();

    assertThat(answer(repeat)).isEqualTo(answer(ahead));
    assertThat(revisions()).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void followsTheOneAheadThatWasAbortedAndTriedAgain() {
    Submission next = execute("next", link("b", "c"));
    fates.add(Fate.ABORTED);

    write(ahead);
    write(next);
    writer.finish();

    assertThat(answer(ahead)).isInstanceOf(CommandAnswer.Done.class);
    assertThat(answer(next)).isInstanceOf(CommandAnswer.Done.class);
    assertThat(revisions()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void isDecidedAnewWhenTheOneAheadNeverCameToBe() {
    Submission same = execute("same", link("a", "b"));
    fates.addAll(List.of(Fate.ABORTED, Fate.ABORTED));

    write(ahead);
    write(same);
    writer.finish();

    assertThat(answer(ahead)).isInstanceOf(CommandAnswer.NotReady.class);
    assertThat(answer(same)).isInstanceOf(CommandAnswer.Done.class);
    assertThat(revisions()).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void isNeverSentWhenTheOutcomeOfTheOneAheadIsUnknown() {
    Submission next = execute("next", link("b", "c"));
    fates.add(Fate.UNKNOWN_COMMITTED);

    write(ahead);
    write(next);

    assertThat(answer(ahead)).isInstanceOf(CommandAnswer.OutcomeUnknown.class);
    assertThat(answer(next)).isInstanceOf(CommandAnswer.NotReady.class);
    assertThat(writer.phase()).isInstanceOf(WriterProtocol.Phase.Unclaimed.class);
    assertThat(revisions()).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void isNeverSentWhenAnotherWriterHasTakenThePartition() {
    Submission next = execute("next", link("b", "c"));

    write(ahead);
    log.claim(0);
    write(next);

    assertThat(List.of(answer(ahead), answer(next)))
        .allMatch(CommandAnswer.NotReady.class::isInstance);
    assertThat(writer.phase()).isInstanceOf(WriterProtocol.Phase.Unclaimed.class);
    assertThat(revisions()).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void takesInWhatComesUntilItIsSent() {
    Submission first = execute("first", link("b", "c"));
    Submission late = execute("late", link("a", "c"));

    write(ahead);
    // Nothing waits while it is decided; the second command comes while the one ahead is ended.
    writer.write(
        first, () -> ahead.answer().isDone() && late.take() ? Optional.of(late) : Optional.empty());
    writer.finish();

    assertThat(answer(late)).isInstanceOf(CommandAnswer.Done.class);
    assertThat(log.transactions(0)).hasSize(6);
  }

  @Test
  void closingEndsTheOneOnItsWay() {
    write(ahead);
    writer.close();

    assertThat(answer(ahead)).isInstanceOf(CommandAnswer.Done.class);
    assertThat(writer.phase()).isInstanceOf(WriterProtocol.Phase.Closed.class);
  }

  private void write(Submission submission) {
    writer.write(submission, Optional::empty);
  }

  private List<Long> revisions() {
    return log.events(0).stream().map(RecordedEvent::revision).toList();
  }
}
