package io.linkwright.agent.driver.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Processes of this machine.
 *
 * @param prefix what to put before every command, as {@code ip netns exec NAME} to work in a
 *     network namespace; empty to work where the agent runs
 * @param timeout what takes longer hangs, and is ended
 */
public record ProcessCommands(List<String> prefix, Duration timeout) implements SystemCommands {
  /** Configuring an interface takes milliseconds. */
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /** {@code wg show dump} of 20,000 peers is 4 MB. */
  private static final int MAX_OUTPUT_BYTES = 32 << 20;

  private static final int MAX_ERROR_BYTES = 64 << 10;

  /** What a shell reports of a program that it cannot start. */
  private static final int NOT_STARTED = 127;

  /** What {@code timeout} reports. */
  private static final int TIMED_OUT = 124;

  /** Copies the list. */
  public ProcessCommands {
    prefix = List.copyOf(prefix);
  }

  /** What takes 10 s hangs. */
  public ProcessCommands(List<String> prefix) {
    this(prefix, DEFAULT_TIMEOUT);
  }

  @Override
  public CommandResult run(Command command) {
    List<String> arguments = Stream.concat(prefix.stream(), command.arguments().stream()).toList();
    Process process;
    try {
      process = new ProcessBuilder(arguments).start();
    } catch (IOException failed) {
      return CommandResult.failure(
          NOT_STARTED, "%s cannot be started: %s".formatted(arguments.getFirst(), failed));
    }
    CompletableFuture<String> output = read(process.getInputStream(), MAX_OUTPUT_BYTES);
    CompletableFuture<String> error = read(process.getErrorStream(), MAX_ERROR_BYTES);
    Thread.ofVirtual().start(() -> feed(process, command));
    return resultOf(process, command, output, error);
  }

  private CommandResult resultOf(
      Process process,
      Command command,
      CompletableFuture<String> output,
      CompletableFuture<String> error) {
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return CommandResult.failure(TIMED_OUT, command + " did not end within " + timeout);
      }
      return new CommandResult(
          process.exitValue(),
          output.get(timeout.toMillis(), TimeUnit.MILLISECONDS),
          error.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException unread) {
      return CommandResult.failure(TIMED_OUT, command + " said something unreadable: " + unread);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return CommandResult.failure(TIMED_OUT, command + " was interrupted");
    } finally {
      process.destroyForcibly();
    }
  }

  /** A program that ends without having read its input says why by its exit code. */
  private static void feed(Process process, Command command) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(command.input().orElse("").getBytes(UTF_8));
    } catch (IOException closed) {
      process.onExit().join();
    }
  }

  private static CompletableFuture<String> read(InputStream stream, int maxBytes) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (stream) {
                text.complete(new String(stream.readNBytes(maxBytes), UTF_8));
              } catch (IOException failed) {
                text.completeExceptionally(new UncheckedIOException(failed));
              }
            });
    return text;
  }
}
