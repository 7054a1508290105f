package io.linkwright.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "tail", description = "x")
final class TailCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
