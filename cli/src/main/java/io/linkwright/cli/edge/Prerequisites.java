package io.linkwright.cli.edge;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a driver needs of the system, asked before anything is touched.
 *
 * @param path where commands are looked for, as PATH has it
 * @param processStatus the lines of {@code /proc/self/status}, see proc(5); none if that is no
 *     Linux
 */
record Prerequisites(String path, List<String> processStatus) {
  /** Bit of CAP_NET_ADMIN, see capabilities(7). */
  private static final int NET_ADMIN = 12;

  private static final String EFFECTIVE = "CapEff:";

  /** Copies the list. */
  Prerequisites {
    processStatus = List.copyOf(processStatus);
  }

  /** What this process has. */
  static Prerequisites ofThisProcess() {
    return new Prerequisites(System.getenv().getOrDefault("PATH", ""), status());
  }

  /**
   * Checks what the driver needs.
   *
   * @throws EdgeFailure naming what is missing and how to get it
   */
  void require(DriverKind driver) {
    switch (driver) {
      case WIREGUARD -> {
        requireTool("wg", "wireguard-tools");
        requireTool("ip", "iproute2");
        requireNetworkAdministration();
      }
      case IPSEC -> {
        requireTool("ip", "iproute2");
        requireNetworkAdministration();
      }
      case SIMULATED -> {
        // Needs nothing.
      }
    }
  }

  private void requireTool(String name, String distributionPackage) {
    boolean found =
        Stream.of(path.split(File.pathSeparator))
            .filter(directory -> !directory.isEmpty())
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    if (!found) {
      throw new EdgeFailure(
          "the command '%s' is not on the PATH: install %s, or look with --dry-run at what would be done"
              .formatted(name, distributionPackage));
    }
  }

  private void requireNetworkAdministration() {
    boolean granted =
        processStatus.stream()
            .filter(line -> line.startsWith(EFFECTIVE))
            .map(line -> Long.parseUnsignedLong(line.substring(EFFECTIVE.length()).strip(), 16))
            .anyMatch(capabilities -> (capabilities >>> NET_ADMIN & 1) == 1);
    if (!granted) {
      throw new EdgeFailure(
          "making tunnels takes Linux, and root or CAP_NET_ADMIN: run this with sudo, or look with"
              + " --dry-run at what would be done");
    }
  }

  private static List<String> status() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status"));
    } catch (IOException notLinux) {
      return List.of();
    }
  }
}
