package io.linkwright.command.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.command.log.EventLogException;
import io.linkwright.command.log.InMemoryEventLog;
import io.linkwright.command.log.LoggedRecord;
import io.linkwright.domain.group.CommandEnvelope;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.key.KeySeed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Several writers that all want the same partition, and clients that repeat their commands until
 * they get a definite answer. One thread, one seed: the same seed gives the same run.
 */
final class WriterSimulation {
  private static final int WRITERS = 3;
  private static final int MAX_STEPS = 20_000;
  private static final WriterLimits LIMITS =
      new WriterLimits(
          64, 4, 12, 10_000, 64 << 20, java.time.Duration.ZERO, java.time.Duration.ZERO);

  /** A command as its client knows it. A round is one attempt or two at the same time. */
  private static final class Request {
    private final String commandId;
    private final GroupCommand command;
    private final List<Submission> round = new ArrayList<>();
    private Optional<CommandAnswer> answer = Optional.empty();

    Request(String commandId, GroupCommand command) {
      this.commandId = commandId;
      this.command = command;
    }
  }

  private final class Writer {
    private WriterProtocol protocol = started();
    private final Deque<Submission> queue = new ArrayDeque<>();

    /**
     * One step: claim if nothing is claimed, otherwise one transaction of what waits is sent, or
     * the one on its way is ended.
     */
    void step() {
      try {
        switch (protocol.phase()) {
          case WriterProtocol.Phase.Unclaimed() -> {
            // Unknown to the others, which go on believing that they own the partition.
            if (random.nextInt(4) == 0) {
              claim(protocol);
            }
          }
          case WriterProtocol.Phase.Owner _ -> {
            next().ifPresentOrElse(first -> protocol.write(first, this::next), protocol::finish);
          }
          case WriterProtocol.Phase.Closed() -> throw new AssertionError("nobody closes it");
        }
      } catch (InMemoryEventLog.Crash crash) {
        queue.clear();
        protocol = started();
      }
    }

    private Optional<Submission> next() {
      Submission next = queue.poll();
      while (next != null && !next.take()) {
        next = queue.poll();
      }
      return Optional.ofNullable(next);
    }

    private WriterProtocol started() {
      return new WriterProtocol(0, log, new PlainConfiguration(), LIMITS, metrics);
    }
  }

  private final RandomGenerator random;
  private final InMemoryEventLog log;
  private final WriterMetrics metrics = new WriterMetrics(new SimpleMeterRegistry());
  private final List<Writer> writers = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private Optional<RandomGenerator> copies = Optional.empty();
  private int attempts;
  private boolean calm;

  WriterSimulation(RandomGenerator random, InMemoryEventLog.Fates fates, int commands) {
    this.random = random;
    this.log =
        new InMemoryEventLog(1, number -> calm ? InMemoryEventLog.Fate.WELL : fates.next(number));
    RandomCommands source = new RandomCommands(random);
    for (int i = 0; i < commands; i++) {
      requests.add(new Request("key-" + i, source.next()));
    }
    for (int i = 0; i < WRITERS; i++) {
      writers.add(new Writer());
    }
  }

  /** Somebody copies a record of the log now and then. */
  WriterSimulation withCopies(RandomGenerator choices) {
    copies = Optional.of(choices);
    return this;
  }

  private void copy(RandomGenerator choices) {
    List<LoggedRecord> records = log.records(0);
    if (!records.isEmpty() && choices.nextInt(100) == 0) {
      var copied = (LoggedRecord.Event) records.get(choices.nextInt(records.size()));
      log.intrude(
          0, offset -> new LoggedRecord.Event(offset, copied.key(), copied.event(), copied.seal()));
    }
  }

  /** Runs until every client has its answer. */
  void run() {
    int first = 0;
    for (int step = 0; first < requests.size(); step++) {
      assertThat(step).as("steps").isLessThan(MAX_STEPS);
      // Clients are a few commands apart, so that batches form and repeats meet their firsts.
      Request request = requests.get(Math.min(requests.size() - 1, first + random.nextInt(6)));
      advance(request);
      writers.get(random.nextInt(WRITERS)).step();
      copies.ifPresent(this::copy);
      while (first < requests.size() && requests.get(first).answer.isPresent()) {
        first++;
      }
    }
  }

  /** Sends a round, or looks what became of it; out of patience, takes back what still waits. */
  private void advance(Request request) {
    if (request.answer.isPresent()) {
      return;
    }
    if (request.round.isEmpty()) {
      for (int copies = random.nextInt(4) == 0 ? 2 : 1; copies > 0; copies--) {
        submit(request);
      }
      return;
    }
    boolean impatient = random.nextInt(12) == 0;
    boolean over =
        request.round.stream()
            .allMatch(each -> each.answer().isDone() || (impatient && isGivenUp(each)));
    if (over) {
      request.answer = conclude(request);
      request.round.clear();
    }
  }

  /** Withdrawn in time, or lost with the writer that had taken it. */
  private static boolean isGivenUp(Submission submission) {
    boolean _ = submission.withdraw();
    return true;
  }

  /**
   * What a careful client makes of a round: a refusal counts only if nothing else can have been.
   */
  private static Optional<CommandAnswer> conclude(Request request) {
    List<CommandAnswer> heard =
        request.round.stream()
            .map(each -> each.answer().getNow(new CommandAnswer.OutcomeUnknown("no answer")))
            .toList();
    assertThat(heard)
        .noneMatch(CommandAnswer.Failed.class::isInstance)
        .noneMatch(CommandAnswer.KeyReused.class::isInstance);
    boolean refused = heard.stream().allMatch(CommandAnswer.Refused.class::isInstance);
    // One that finds nothing to do writes nothing and is not remembered, so the other may yet
    // write.
    return refused
        ? Optional.of(heard.getFirst())
        : heard.stream()
            .filter(CommandAnswer.Done.class::isInstance)
            .max(Comparator.comparingLong(WriterSimulation::revision));
  }

  /** What cannot be replayed to its end is not owned; another try may succeed. */
  private static void claim(WriterProtocol protocol) {
    try {
      protocol.claim();
    } catch (EventLogException notYet) {
      assertThat(protocol.phase()).isInstanceOf(WriterProtocol.Phase.Unclaimed.class);
    }
  }

  private static long revision(CommandAnswer answer) {
    return answer instanceof CommandAnswer.Done(Receipt receipt) ? receipt.revision() : 0;
  }

  private void submit(Request request) {
    Submission submission = submission(request);
    request.round.add(submission);
    writers.get(random.nextInt(WRITERS)).queue.add(submission);
  }

  private Submission submission(Request request) {
    byte[] seed = new byte[KeySeed.LENGTH_BYTES];
    random.nextBytes(seed);
    return new Submission(
        new CommandEnvelope(
            request.command,
            request.commandId,
            "simulation",
            Instant.ofEpochSecond(1_700_000_000L + attempts++),
            OptionalLong.empty(),
            new KeySeed(seed)),
        Submission.Mode.EXECUTE);
  }

  /** What a new owner answers, once all is calm, to a repeat of everything that wrote events. */
  Map<String, CommandAnswer> repeated(Set<String> commandIds) {
    calm = true;
    WriterProtocol owner = new WriterProtocol(0, log, new PlainConfiguration(), LIMITS, metrics);
    while (owner.phase() instanceof WriterProtocol.Phase.Unclaimed) {
      claim(owner);
    }
    Map<String, CommandAnswer> answers = new HashMap<>();
    for (Request request : requests) {
      if (commandIds.contains(request.commandId)) {
        Submission submission = submission(request);
        owner.write(submission, Optional::empty);
        owner.finish();
        answers.put(request.commandId, submission.answer().join());
      }
    }
    return answers;
  }

  InMemoryEventLog log() {
    return log;
  }

  /** What the clients were told, by key. */
  Map<String, CommandAnswer> answers() {
    Map<String, CommandAnswer> answers = new HashMap<>();
    requests.forEach(request -> answers.put(request.commandId, request.answer.orElseThrow()));
    return answers;
  }
}
