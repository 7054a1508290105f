package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.linkwright.domain.member.EnrollmentToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one file that a device needs: it is small, holds nothing of the servers, and runs alone. */
final class EdgeJarTest {
  /** Routers have little flash. */
  private static final long MAX_BYTES = 20L * 1024 * 1024;

  private static final List<String> OF_SERVERS =
      List.of(
          "org/apache/kafka/",
          "org/apache/avro/",
          "org/rocksdb/",
          "org/eclipse/jetty/",
          "io/javalin/",
          "io/micrometer/",
          "io/linkwright/schemas/",
          "io/linkwright/http/",
          "io/linkwright/command/",
          "io/linkwright/topology/",
          "io/linkwright/pusher/",
          "io/linkwright/embedded/",
          "io/linkwright/console/",
          "io/linkwright/simulator/",
          "io/linkwright/cli/");
  private static final Path JAR =
      Path.of("..", "edge-agent", "target", "linkwright-edge.jar").toAbsolutePath().normalize();
  private static final int LIMIT_SECONDS = 60;

  @TempDir private Path directory;

  private record Outcome(int exitCode, String out, String err) {}

  /** It is made when modules are packaged, which {@code mvn test} alone does not do. */
  @BeforeEach
  void isThere() {
    assumeThat(JAR).as("made by mvn package").exists();
  }

  @Test
  void itIsSmall() {
    assertThat(JAR.toFile().length()).isBetween(1L, MAX_BYTES);
  }

  @Test
  void itHoldsNothingOfTheServersAndNoSignatureOfOthers() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<String> names = jar.stream().map(entry -> entry.getName()).toList();

      assertThat(names)
          .contains("io/linkwright/agent/device/Main.class", "logback.xml")
          .noneMatch(name -> OF_SERVERS.stream().anyMatch(name::startsWith))
          .noneMatch(name -> name.startsWith("META-INF/") && name.matches(".*\\.(SF|DSA|RSA|EC)"));
      assertThat(jar.isMultiRelease()).isTrue();
    }
  }

  @Test
  void itExplainsItself() throws Exception {
    assertThat(run("--help").out()).contains("Usage: linkwright-edge", "join", "run", "status");
    assertThat(run("run", "--help").out()).contains("Usage: linkwright-edge run", "--driver");
  }

  @Test
  void argumentsThatMakeNoSenseEndWith2() throws Exception {
    Outcome outcome = run("run", "--no-such-option");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("linkwright-edge: Unknown option")
        .contains("Try: linkwright-edge run --help");
  }

  @Test
  void itMakesKeysAndAsksTheServer() throws Exception {
    String token = EnrollmentToken.ofBytes(new byte[EnrollmentToken.LENGTH_BYTES]).reveal();
    Path home = directory.resolve("home");
    try (Socket taken = new Socket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

      Outcome outcome =
          run(
              "join",
              "--server=http://127.0.0.1:" + taken.getLocalPort(),
              "--group=west",
              "--edge=denver",
              "--token=" + token,
              "--state-dir=" + home);

      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.err()).contains("nobody listens there").doesNotContain(token);
      assertThat(home.resolve("keys.json")).exists();
    }
  }

  /** From a directory where it is the only file. */
  private Outcome run(String... arguments) throws Exception {
    Path place = Files.createDirectories(directory.resolve("place"));
    Path jar = place.resolve(JAR.getFileName());
    if (!Files.exists(jar)) {
      Files.copy(JAR, jar);
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.getFileName().toString()));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .directory(place.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Outcome(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
