package io.linkwright.bench;

import io.linkwright.standalone.run.DataDirectory;
import io.linkwright.standalone.run.RunException;
import io.linkwright.standalone.run.TemporaryDirectory;
import io.linkwright.terminal.command.CommandFailure;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.RootCommand;
import io.linkwright.terminal.command.StopSignal;
import io.linkwright.terminal.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code linkwright bench}. */
@Command(
    name = "linkwright bench",
    description = {
      "Measure Linkwright on this machine, beside what Kafka alone does with the same records:",
      "latency to both edges at a fixed rate, throughput, and the cost of large groups."
    })
public final class BenchCommand extends RootCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--seconds",
      defaultValue = "15",
      description = "How many seconds each of the six parts counts. Default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "180",
      description = {
        "How many seconds each part runs at most until the JIT compiler has settled and it counts.",
        "Default: ${DEFAULT-VALUE}"
      })
  private int warmUpSeconds;

  @Option(
      names = "--rate",
      defaultValue = "200",
      description = "Links a second while latency is measured. Default: ${DEFAULT-VALUE}")
  private int linksPerSecond;

  @Mixin private OutputOptions output;

  private BenchCommand(Settings settings) {
    super(settings);
  }

  /** The command, writing to these two. */
  public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new BenchCommand(Settings.ofProcess()).commandLine(List.of(), out, err);
  }

  @Override
  public Integer call() {
    BenchSettings settings = benchSettings();
    try (StopSignal _ = StopSignal.interruptingThisThread();
        TemporaryDirectory directory = TemporaryDirectory.create();
        DataDirectory data = DataDirectory.open(directory.path())) {
      Bench bench = new Bench(settings, command.commandLine().getErr());
      output.writeText(bench.run(data), BenchReport::text);
      return 0;
    } catch (RunException | IOException failed) {
      throw new CommandFailure(failed.getMessage(), failed);
    } catch (InterruptedException told) {
      throw new CommandFailure("stopped before the end", told);
    }
  }

  private BenchSettings benchSettings() {
    try {
      return new BenchSettings(
          linksPerSecond, Duration.ofSeconds(seconds), Duration.ofSeconds(warmUpSeconds));
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(command.commandLine(), refused.getMessage(), refused);
    }
  }
}
