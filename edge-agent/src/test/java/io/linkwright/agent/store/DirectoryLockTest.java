package io.linkwright.agent.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryLockTest {
  @TempDir private Path directory;

  /** Another process: holds the directory until its input ends. */
  static final class Holder {
    public static void main(String[] arguments) throws IOException {
      try (DirectoryLock _ = DirectoryLock.acquire(Path.of(arguments[0]))) {
        System.out.println("held");
        System.in.transferTo(System.out);
      }
    }
  }

  @Test
  void aSecondProcessIsRefusedAndToldWhoHasTheDirectory() throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(holder.inputReader(UTF_8).readLine()).isEqualTo("held");

      assertThatThrownBy(() -> DirectoryLock.acquire(directory))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "%s is in use by process %d: stop that agent first, or take another directory",
              directory, holder.pid());
    } finally {
      holder.destroyForcibly();
      holder.waitFor();
    }
    DirectoryLock.acquire(directory).close();
  }

  /** What a lock on the file that is read would not survive. */
  @Test
  void theLockOutlivesReadingWhatIsInTheDirectory() throws Exception {
    try (DirectoryLock _ = DirectoryLock.acquire(directory)) {
      Files.writeString(directory.resolve("configuration.log"), "x");
      String _ = Files.readString(directory.resolve("configuration.log"));

      assertThatThrownBy(() -> DirectoryLock.acquire(directory))
          .hasMessage(directory + " is in use by another agent in this process");
    }
  }
}
