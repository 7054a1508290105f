package io.linkwright.agent.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one boot of the kernel from another. */
public final class BootId {
  private static final Logger LOG = LoggerFactory.getLogger(BootId.class);
  private static final Path FILE = Path.of("/proc/sys/kernel/random/boot_id");

  private BootId() {}

  /** The kernel's; where it has none, another one for each start of the agent. */
  public static String current() {
    try {
      return UUID.fromString(Files.readString(FILE).strip()).toString();
    } catch (IOException | IllegalArgumentException unknown) {
      LOG.warn("file={} not read, so this start counts as a boot: {}", FILE, unknown.toString());
      return UUID.randomUUID().toString();
    }
  }
}
