package io.linkwright.systemtests;

import io.linkwright.embedded.EmbeddedKafka;
import io.linkwright.embedded.EmbeddedKafkaConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A broker as a process of its own, so that it can be stopped in the middle of what it does: its
 * connections stay open, and nobody answers there.
 */
final class BrokerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final Process process;
  private final int port;

  private BrokerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Runs in the other process. */
  static final class Main {
    private Main() {}

    /** Serves the directory at the port until it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
      EmbeddedKafkaConfig config =
          new EmbeddedKafkaConfig(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
      try (EmbeddedKafka _ = EmbeddedKafka.start(config)) {
        new CountDownLatch(1).await();
      }
    }
  }

  static BrokerProcess start(Path directory) throws IOException {
    int port = LinkwrightProcess.freePort();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                directory.toString(),
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BrokerProcess broker = new BrokerProcess(process, port);
    Eventually.holds(START_LIMIT, broker::listens, () -> "no broker");
    return broker;
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** It neither answers nor hangs up from now on. */
  void freeze() {
    signal("STOP");
  }

  /** It goes on where it was. */
  void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("kill -%s failed".formatted(name));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What it has on disk is of no use to anybody after the test. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(20, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
