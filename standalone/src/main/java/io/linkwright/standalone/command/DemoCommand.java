package io.linkwright.standalone.command;

import io.linkwright.standalone.demo.Demo;
import io.linkwright.standalone.run.DataDirectory;
import io.linkwright.standalone.run.RunException;
import io.linkwright.standalone.run.TemporaryDirectory;
import io.linkwright.terminal.command.CommandFailure;
import io.linkwright.terminal.command.StopSignal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code linkwright demo}. */
@Command(
    name = "demo",
    description = {
      "Show the main job on a real network, in a temporary directory, within a minute:",
      "a broker, all services and 11 simulated edges. Ends with 0 only if all it says held."
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    try (StopSignal _ = StopSignal.interruptingThisThread();
        TemporaryDirectory directory = TemporaryDirectory.create();
        DataDirectory data = DataDirectory.open(directory.path())) {
      return new Demo(command.commandLine().getOut()).run(data) ? 0 : 1;
    } catch (RunException | IOException failed) {
      throw new CommandFailure(failed.getMessage(), failed);
    } catch (InterruptedException told) {
      throw new CommandFailure("stopped before the end", told);
    }
  }
}
