package io.linkwright.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Linux kernel as a process, whose files are the host's, for what the host's kernel lacks. */
final class UserModeLinux {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String HEADING = "=== ";

  private UserModeLinux() {}

  /** Boots with this script as first process; what it printed, by headings. */
  static Map<String, String> boot(Path script, Path output) throws Exception {
    Process kernel =
        new ProcessBuilder(
                "linux.uml",
                "rootfstype=hostfs",
                "rootflags=/",
                "rw",
                "mem=256M",
                "init=" + script,
                "con=null",
                "con0=fd:0,fd:1",
                "quiet")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      kernel.getOutputStream().close();
      if (!kernel.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("not ended within " + LIMIT + ":\n" + Files.readString(output));
      }
    } finally {
      kernel.descendants().forEach(ProcessHandle::destroyForcibly);
      kernel.destroyForcibly();
    }
    return parts(output);
  }

  private static Map<String, String> parts(Path output) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    String heading = "";
    for (String line : Files.readString(output).lines().map(String::strip).toList()) {
      if (line.startsWith(HEADING)) {
        heading = line.substring(HEADING.length());
        parts.put(heading, "");
      } else {
        parts.merge(heading, line + "\n", String::concat);
      }
    }
    return parts;
  }
}
