package io.linkwright.command.writer;

import io.linkwright.command.log.AppendOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Meters of the writers of all partitions. Thread-safe. */
public final class WriterMetrics {
  private final DistributionSummary batchCommands;
  private final DistributionSummary linkRecords;
  private final Timer commit;
  private final Counter rekeyedByAge;
  private final Counter passedOver;
  private final Counter aborted;
  private final Counter fenced;
  private final Counter unknown;

  /** Registers the meters. */
  public WriterMetrics(MeterRegistry registry) {
    batchCommands =
        DistributionSummary.builder("linkwright.command.batch.commands")
            .description("Commands decided together and committed by one transaction")
            .register(registry);
    linkRecords =
        DistributionSummary.builder("linkwright.command.link.records")
            .description("Configuration records written for one link change: 2, or 0 unenrolled")
            .register(registry);
    commit =
        Timer.builder("linkwright.command.commit")
            .description(
                "Time from the first record sent to the commit acknowledged, the next one decided"
                    + " meanwhile")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(25),
                Duration.ofMillis(100))
            .register(registry);
    rekeyedByAge =
        Counter.builder("linkwright.command.rekeyed.by.age")
            .description("Links given new keys because theirs had the age the group allows")
            .register(registry);
    passedOver =
        Counter.builder("linkwright.writer.passed.over")
            .description("Records of the log that no writer of ours wrote, counted at each replay")
            .register(registry);
    aborted = failures(registry, "aborted");
    fenced = failures(registry, "fenced");
    unknown = failures(registry, "unknown");
  }

  void batch(int commands) {
    batchCommands.record(commands);
  }

  void append(AppendOutcome outcome, Duration elapsed) {
    switch (outcome) {
      case AppendOutcome.Committed _ -> commit.record(elapsed);
      case AppendOutcome.Aborted _ -> aborted.increment();
      case AppendOutcome.Fenced _ -> fenced.increment();
      case AppendOutcome.Unknown _ -> unknown.increment();
    }
  }

  /** Counts a record that is no event of ours. */
  void passedOver() {
    passedOver.increment();
  }

  /** Counts links whose keys were changed because of their age. */
  void rekeyedByAge(int links) {
    rekeyedByAge.increment(links);
  }

  /** Counts the configuration records of one link event. */
  void linkChange(int records) {
    linkRecords.record(records);
  }

  private static Counter failures(MeterRegistry registry, String outcome) {
    return Counter.builder("linkwright.command.commit.failures")
        .description("Transactions that were not committed, or not for certain")
        .tag("outcome", outcome)
        .register(registry);
  }
}
