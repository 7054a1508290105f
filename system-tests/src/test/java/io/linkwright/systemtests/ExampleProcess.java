package io.linkwright.systemtests;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of {@code examples/} as its reader would run it. */
final class ExampleProcess implements AutoCloseable {
  private static final Path PYTHON_EXAMPLE =
      Path.of("..", "examples", "python", "isolated_alerts.py");
  private static final String SWITCH = "LINKWRIGHT_PYTHON_EXAMPLE";
  private static final String REQUIRED = "required";
  private static final Duration IMPORT_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Process process;
  private final Path output;

  private ExampleProcess(List<String> command, LinkwrightProcess.Site site) {
    try {
      output = Files.createTempFile("linkwright-example-", ".out");
      process =
          new ProcessBuilder(
                  Stream.concat(
                          command.stream(),
                          Stream.of(
                              site.bootstrapServers(),
                              site.server().resolve("/registry").toString()))
                      .toList())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static ExampleProcess java(LinkwrightProcess.Site site) {
    return new ExampleProcess(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            "io.linkwright.examples.IsolatedAlerts"),
        site);
  }

  /** Skips the test where Python has not what the example imports, or fails it if it has to. */
  static ExampleProcess python(LinkwrightProcess.Site site) {
    Optional<String> python =
        Stream.of("python3", "/usr/bin/python3").filter(ExampleProcess::canImport).findFirst();
    if (python.isEmpty()) {
      String message = "missing: a python3 with confluent_kafka and avro";
      if (REQUIRED.equals(System.getenv(SWITCH))) {
        fail(message);
      }
      abort(message + "; " + SWITCH + "=" + REQUIRED + " makes this a failure");
    }
    return new ExampleProcess(List.of(python.orElseThrow(), PYTHON_EXAMPLE.toString()), site);
  }

  /** Waits until it has printed this line. */
  void awaitLine(String line, Duration limit) {
    Eventually.holds(
        limit,
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("ended with %d:%n%s".formatted(process.exitValue(), output()));
          }
          return output().lines().anyMatch(line::equals);
        },
        () -> "no line '%s' in:%n%s".formatted(line, output()));
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(output);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  private static boolean canImport(String python) {
    try {
      Process trial =
          new ProcessBuilder(python, "-c", "import avro.io, avro.schema, confluent_kafka")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (trial.waitFor(IMPORT_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        return trial.exitValue() == 0;
      }
      trial.destroyForcibly();
      return false;
    } catch (IOException noSuchProgram) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }
}
