package io.linkwright.command.writer;

import io.linkwright.domain.group.CommandEnvelope;
import io.linkwright.domain.group.GroupCommand.RekeyLink;
import io.linkwright.domain.group.RekeySchedule;
import io.linkwright.domain.group.RekeySchedule.DueLink;
import io.linkwright.domain.key.KeySeed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives links new keys when theirs have the age that their group allows: the commands that nobody
 * sends. In rounds, so that a thousand links that are due do not keep clients waiting; what a round
 * leaves, the next finds. It keeps no list: after a crash or a lost transaction the state says
 * again who is due. Owned by the writer's thread, one for each partition.
 */
public final class ScheduledRekeys {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduledRekeys.class);

  /** Who the log says has asked. */
  public static final String ACTOR = "linkwright";

  /** Links of one round, and so of one transaction: 20 a second with {@link #ROUND}. */
  static final int MAX_LINKS_PER_ROUND = 4;

  /** From one round to the next. */
  static final Duration ROUND = Duration.ofMillis(200);

  /** After a round of which not all came to be: what fails now fails again. */
  static final Duration PAUSE = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final Supplier<String> commandIds;
  private final Supplier<KeySeed> seeds;
  private final WriterMetrics metrics;
  private Instant lastRound = Instant.EPOCH;
  private Duration wait = ROUND;

  /** Nothing was done yet. */
  public ScheduledRekeys(
      InstantSource clock,
      Supplier<String> commandIds,
      Supplier<KeySeed> seeds,
      WriterMetrics metrics) {
    this.clock = clock;
    this.commandIds = commandIds;
    this.seeds = seeds;
    this.metrics = metrics;
  }

  /**
   * Writes a round in one transaction with as many of {@code more} as fit. False if it is too early
   * for one or no link is due; nothing of {@code more} was taken then. True also if the partition
   * was lost over it.
   */
  boolean write(WriterProtocol protocol, Supplier<Optional<Submission>> more) {
    Instant now = clock.instant();
    if (isTooEarly(now)) {
      return false;
    }
    lastRound = now;
    // What is on its way may rekey a link that would seem to be due.
    protocol.finish();
    if (!(protocol.phase() instanceof WriterProtocol.Phase.Owner(_, WriterState state))) {
      return true;
    }
    List<Submission> round = due(state, now).stream().map(due -> submission(due, now)).toList();
    if (round.isEmpty()) {
      return false;
    }
    Queue<Submission> waiting = new ArrayDeque<>(round);
    protocol.write(
        waiting.remove(), () -> waiting.isEmpty() ? more.get() : Optional.of(waiting.remove()));
    protocol.finish();
    settle(round);
    return true;
  }

  /** A clock that was set back makes no difference. */
  private boolean isTooEarly(Instant now) {
    Duration since = Duration.between(lastRound, now);
    return !since.isNegative() && since.compareTo(wait) < 0;
  }

  private static List<DueLink> due(WriterState state, Instant now) {
    return state
        .activeGroups()
        .flatMap(group -> RekeySchedule.due(group, now, MAX_LINKS_PER_ROUND).stream())
        .sorted(Comparator.comparing(DueLink::since))
        .limit(MAX_LINKS_PER_ROUND)
        .toList();
  }

  private Submission submission(DueLink due, Instant now) {
    return new Submission(
        new CommandEnvelope(
            new RekeyLink(due.group(), due.link()),
            commandIds.get(),
            ACTOR,
            now,
            OptionalLong.empty(),
            seeds.get()),
        Submission.Mode.EXECUTE);
  }

  private void settle(List<Submission> round) {
    int done = (int) round.stream().filter(ScheduledRekeys::isDone).count();
    metrics.rekeyedByAge(done);
    wait = done == round.size() ? ROUND : PAUSE;
    if (done < round.size()) {
      LOG.warn(
          "links could not be rekeyed by age group={} links={} of={} next_try_s={}",
          round.getFirst().key().group(),
          round.size() - done,
          round.size(),
          PAUSE.toSeconds());
    }
  }

  /** Not done is also what found no room in the transaction. */
  private static boolean isDone(Submission submission) {
    return submission.answer().getNow(null) instanceof CommandAnswer.Done;
  }
}
