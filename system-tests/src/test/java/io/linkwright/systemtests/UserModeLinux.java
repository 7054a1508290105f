package io.linkwright.systemtests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Linux kernel as a process, whose files are the host's, for what the host's kernel lacks. */
final class UserModeLinux {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String HEADING = "=== ";
  private static final String EDGES = "two-edges-in-uml.sh";

  /** What the kernel needs to run on a processor with larger vector registers than it knows. */
  private static final String WHOLE_XSTATE = "whole-xstate.c";

  /** Enough for a small JVM; the host gives what is used. */
  private static final String MEMORY = "mem=768M";

  private UserModeLinux() {}

  /** Boots with this script, copied there, as first process; what it printed, by headings. */
  static Map<String, String> boot(String name, Path directory) throws Exception {
    copy(EDGES, directory);
    Path script = copy(name, directory);
    Path wholeXstate = compile(copy(WHOLE_XSTATE, directory));
    Path output = directory.resolve("output");
    ProcessBuilder command =
        new ProcessBuilder(
                "linux.uml",
                "rootfstype=hostfs",
                "rootflags=/",
                "rw",
                MEMORY,
                "init=" + script,
                "con=null",
                "con0=fd:0,fd:1",
                "quiet")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    command.environment().put("LD_PRELOAD", wholeXstate.toString());
    Process kernel = command.start();
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

  private static Path compile(Path source) throws IOException, InterruptedException {
    Path library = source.resolveSibling("whole-xstate.so");
    Path output = source.resolveSibling("compiler-output");
    Process compiler =
        new ProcessBuilder(
                "cc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (compiler.waitFor() != 0) {
      throw new AssertionError(Files.readString(output));
    }
    return library;
  }

  private static Path copy(String name, Path directory) throws IOException {
    Path file = directory.resolve(name);
    try (InputStream source = UserModeLinux.class.getResourceAsStream(name)) {
      Files.copy(source, file);
    }
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
    return file;
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
