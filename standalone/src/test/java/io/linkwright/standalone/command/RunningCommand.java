package io.linkwright.standalone.command;

import io.linkwright.terminal.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A command that goes on until it is interrupted, as Ctrl-C does it. */
final class RunningCommand implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final Thread thread;

  RunningCommand(Settings settings, String... arguments) {
    thread =
        Thread.ofPlatform()
            .name("command")
            .start(
                () ->
                    exitCode.complete(
                        AllCommands.commandLine(
                                new PrintWriter(out, true), new PrintWriter(err, true), settings)
                            .execute(arguments)));
  }

  /** Waits until what it wrote is as it should be. */
  void awaitOutput(Predicate<String> expected) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!expected.test(out.toString())) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within %s:%n%s%n%s".formatted(LIMIT, out, err));
      }
      Thread.sleep(PAUSE);
    }
  }

  String output() {
    return out.toString();
  }

  String errors() {
    return err.toString();
  }

  /** Waits for its end. */
  int exitCode() throws Exception {
    return exitCode.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Ends it and waits for that. */
  int interrupt() throws Exception {
    thread.interrupt();
    return exitCode();
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
