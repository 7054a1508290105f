package io.linkwright.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts at the project's root, as far as it goes without building anything. */
class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "linkwright").toAbsolutePath().normalize();
  private static final Path DEVICE_LAUNCHER = LAUNCHER.resolveSibling("linkwright-edge");
  private static final int TIMEOUT_SECONDS = 30;

  @TempDir private Path directory;

  private record Outcome(int exitCode, String output) {}

  @Test
  void theScriptIsExecutableAndParses() throws Exception {
    assertThat(Files.isExecutable(LAUNCHER)).isTrue();
    assertThat(run("", List.of("bash", "-n", LAUNCHER.toString())).exitCode()).isZero();
  }

  @Test
  void theScriptForDevicesIsTheSame() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("lwe"), DEVICE_LAUNCHER);

    Outcome outcome = run(directory.toString(), List.of(link.toString(), "--help"));

    assertThat(outcome.output()).contains("is not a JDK 25 or newer");
  }

  @Test
  void aJavaHomeThatIsNoneIsSaid() throws Exception {
    Outcome outcome = run(directory.toString(), List.of(LAUNCHER.toString(), "--help"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output())
        .contains("LINKWRIGHT_JAVA_HOME=" + directory + " is not a JDK 25 or newer");
  }

  @Test
  void itIsFoundThroughASymbolicLinkFromAnotherDirectory() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("lw"), LAUNCHER);
    Path jdk = olderJdk();

    Outcome outcome = run(jdk.toString(), List.of(link.toString(), "--help"));

    assertThat(outcome.output())
        .contains("is not a JDK 25 or newer")
        .doesNotContain("No such file");
  }

  /** As much of a JDK as the script looks at. */
  private Path olderJdk() throws IOException {
    Path jdk = Files.createDirectories(directory.resolve("jdk-21/bin")).getParent();
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"21.0.4\"\n");
    Path javac = Files.writeString(jdk.resolve("bin/javac"), "");
    assertThat(javac.toFile().setExecutable(true)).isTrue();
    return jdk;
  }

  private Outcome run(String javaHome, List<String> command) throws Exception {
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("LINKWRIGHT_JAVA_HOME", javaHome);
    Process process = builder.start();
    assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }
}
