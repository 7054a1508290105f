package io.linkwright.systemtests;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether this machine can carry tunnels. Where the environment says {@code
 * LINKWRIGHT_REAL_TUNNELS=required}, it has to.
 */
final class RealTunnels {
  private static final String SWITCH = "LINKWRIGHT_REAL_TUNNELS";
  private static final String REQUIRED = "required";

  private RealTunnels() {}

  /** Skips the test, or fails it, and says what is missing. */
  static void require(String... programs) {
    List<String> missing = new ArrayList<>();
    for (String program : programs) {
      if (!isOnPath(program)) {
        missing.add(program);
      }
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      missing.add("root");
    }
    if (missing.isEmpty()) {
      return;
    }
    String message = "tunnels cannot be tested here, missing: " + String.join(", ", missing);
    if (REQUIRED.equals(System.getenv(SWITCH))) {
      fail(message);
    }
    abort(message + "; " + SWITCH + "=" + REQUIRED + " makes this a failure");
  }

  private static boolean isOnPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(directory -> new File(directory, program).canExecute());
  }
}
