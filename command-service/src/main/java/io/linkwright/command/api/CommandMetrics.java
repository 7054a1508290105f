package io.linkwright.command.api;

import io.linkwright.command.writer.CommandAnswer;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.httpapi.ProblemCodes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts commands by kind and outcome. Thread-safe. */
final class CommandMetrics {
  private record Series(Class<? extends GroupCommand> kind, String outcome) {}

  private final MeterRegistry registry;
  private final Counter unprovenOwners;
  private final Map<Series, Counter> counters = new ConcurrentHashMap<>();

  CommandMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.unprovenOwners =
        Counter.builder("linkwright.command.unproven.owner")
            .description("Commands of a partition whose member has not the controller's key")
            .register(registry);
  }

  void count(GroupCommand command, CommandAnswer answer) {
    counters
        .computeIfAbsent(new Series(command.getClass(), outcome(answer)), this::counter)
        .increment();
  }

  /** Counts a command that nobody could be given. */
  void countUnprovenOwner() {
    unprovenOwners.increment();
  }

  private static String outcome(CommandAnswer answer) {
    return switch (answer) {
      case CommandAnswer.Done _ -> "DONE";
      case CommandAnswer.Refused refused -> refused.rejection().code().name();
      case CommandAnswer.KeyReused() -> ProblemCodes.IDEMPOTENCY_KEY_REUSED;
      case CommandAnswer.NotReady _ -> ProblemCodes.NOT_READY;
      case CommandAnswer.OutcomeUnknown _ -> ProblemCodes.OUTCOME_UNKNOWN;
      case CommandAnswer.Failed() -> "INTERNAL_ERROR";
    };
  }

  private Counter counter(Series series) {
    return Counter.builder("linkwright.command.commands")
        .description("Commands decided here, dry runs among them")
        .tag("kind", series.kind().getSimpleName())
        .tag("outcome", series.outcome())
        .register(registry);
  }
}
