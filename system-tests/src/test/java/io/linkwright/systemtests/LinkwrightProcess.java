package io.linkwright.systemtests;

import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.embedded.LoopbackPort;
import io.linkwright.standalone.Main;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The all-in-one run as a process of its own: it can be ended gently or killed. */
final class LinkwrightProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(5);

  /** What a run allows itself, see {@code StopSignal}, and what the JVM needs for its archive. */
  private static final Duration STOP_LIMIT = Duration.ofMinutes(3);

  /** What a JVM ends with that was asked to by SIGTERM (15) and has run its shutdown to the end. */
  private static final int ENDED_BY_SIGTERM = 128 + 15;

  private static final Set<String> SERVING = Set.of("up", "serve", "demo");

  /** Where one run keeps its data and listens, so that the next can take its place. */
  record Site(Path dataDirectory, int httpPort, int kafkaPort) {
    static Site in(Path dataDirectory) {
      return new Site(dataDirectory, freePort(), freePort());
    }

    URI server() {
      return URI.create("http://127.0.0.1:" + httpPort);
    }

    String bootstrapServers() {
      return "127.0.0.1:" + kafkaPort;
    }

    /** What the process that was started there signs with. */
    ControllerKey controllerKey() {
      return ControllerKey.loadOrCreate(dataDirectory.resolve("controller-key.pem"));
    }
  }

  private final Process process;
  private final Path output;

  private LinkwrightProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts {@code up} and waits until it says it is ready. */
  static LinkwrightProcess up(Site site, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "up",
                "--port",
                Integer.toString(site.httpPort()),
                "--kafka-port",
                Integer.toString(site.kafkaPort()),
                "--data-dir",
                site.dataDirectory().toString()));
    arguments.addAll(List.of(options));
    LinkwrightProcess started = run(arguments);
    started.awaitReady(site.server());
    return started;
  }

  /** Starts any command, tuned as the launcher does: for one that serves, or one that asks. */
  static LinkwrightProcess run(List<String> arguments) {
    List<String> tuning =
        SERVING.contains(arguments.getFirst())
            ? tuning("serve", "-XX:+UseParallelGC", "-XX:+ExitOnOutOfMemoryError")
            : tuning("ask", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    return run(tuning, arguments);
  }

  /** With the classes that the last such process loaded, which halves the time of the start. */
  private static List<String> tuning(String archive, String... options) {
    List<String> tuning = new ArrayList<>(List.of(options));
    tuning.add("-XX:+AutoCreateSharedArchive");
    tuning.add("-XX:SharedArchiveFile=" + Path.of("target", archive + ".jsa").toAbsolutePath());
    tuning.add("-Xlog:cds=off");
    tuning.add("-Xlog:cds+dynamic=off");
    return tuning;
  }

  private static LinkwrightProcess run(List<String> tuning, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(tuning);
    command.addAll(
        List.of(
            "-Xmx2g",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classPath(),
            Main.class.getName()));
    command.addAll(arguments);
    try {
      Path output = Files.createTempFile("linkwright-", ".out");
      return new LinkwrightProcess(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start(),
          output);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Without the tests' own classes: of directories no archive is made. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has printed so far. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** SIGKILL: no chance to say goodbye. */
  void kill() {
    process.destroyForcibly();
    exitCode(STOP_LIMIT);
  }

  /** SIGTERM: ends within the limit, and not by a crash on the way. */
  void stop() {
    process.destroy();
    int code = exitCode(STOP_LIMIT);
    if (code != ENDED_BY_SIGTERM) {
      throw new AssertionError("ended with %d:%n%s".formatted(code, output()));
    }
  }

  /** Waits for the process to end by itself. */
  int exitCode(Duration limit) {
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("not ended within " + limit + ":\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
    try {
      Files.deleteIfExists(output);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Waits until it says that it is ready. */
  void awaitReady(URI server) {
    HttpRequest ready = HttpRequest.newBuilder(server.resolve("/readyz")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      Eventually.holds(
          START_LIMIT,
          () -> {
            if (!process.isAlive()) {
              throw new AssertionError("ended before it was ready:\n" + output());
            }
            return answersOk(http, ready);
          },
          () -> "not ready:\n" + output());
    }
  }

  private static boolean answersOk(HttpClient http, HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  /** A port that nobody listens on now. */
  static int freePort() {
    return LoopbackPort.free(0);
  }
}
