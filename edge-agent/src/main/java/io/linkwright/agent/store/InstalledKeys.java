package io.linkwright.agent.store;

import io.linkwright.edgeprotocol.RenewalReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers which keys of security associations the kernel was ever given, and at which boot: by
 * fingerprint, in a file of mode 0600, on disk before the kernel hears of them. What is in here and
 * not in the kernel any more was installed once, whatever has crashed since. Owned by the driver's
 * lock.
 */
public final class InstalledKeys implements AutoCloseable {
  /** Of the state directory. */
  static final String FILE = "installed-keys.log";

  /**
   * Keys that are remembered although no link has them: former ones, that a disk which lost its
   * last seconds may bring back. 8 days of a hub with 2,000 dual links and daily keys.
   */
  static final int MAX_FORMER_KEYS = 65_536;

  private static final String HEADER = "linkwright-installed-keys 1";
  private static final String LOST = "lost";
  private static final String OWNER_ONLY = "rwx------";

  private final Optional<ConfigurationLog> log;
  private final String bootId;

  /** The boot at which a key was installed, the oldest key first. */
  private final Map<String, String> boots = new LinkedHashMap<>();

  private boolean isDamaged;

  private InstalledKeys(Optional<ConfigurationLog> log, String bootId) {
    this.log = log;
    this.bootId = bootId;
  }

  /**
   * What was remembered in this directory.
   *
   * @param bootId of the kernel that runs now
   * @throws IOException if the disk fails, another process is at it, or the file is another's
   */
  public static InstalledKeys open(Path directory, String bootId) throws IOException {
    Path file = directory.resolve(FILE);
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    ConfigurationLog.Opened opened = ConfigurationLog.open(file);
    InstalledKeys keys = new InstalledKeys(Optional.of(opened.log()), bootId);
    if (opened.isNew()) {
      opened.log().append(List.of(HEADER));
      return keys;
    }
    if (opened.header().isPresent() && !opened.header().get().equals(HEADER)) {
      opened.log().close();
      throw new IOException(
          "%s is not of the kind or version that this agent knows: run the one that wrote it, or have this edge's links rekeyed and delete the file"
              .formatted(file));
    }
    opened.lines().forEach(keys::load);
    keys.isDamaged = opened.damaged() > 0;
    return keys;
  }

  /** Whether something that was installed may be missing here. */
  public boolean isDamaged() {
    return isDamaged;
  }

  /**
   * Takes all of these for installed before, since it is not known any more which were, and writes
   * the file anew. Newer keys are asked for in their place.
   *
   * @param held keys that this edge has had from before now
   * @throws IOException if the disk does not take it: then none of them must be installed
   */
  public void doubt(Collection<String> held) throws IOException {
    held.stream()
        .filter(key -> !bootId.equals(boots.get(key)))
        .forEach(key -> boots.put(key, LOST));
    if (log.isPresent()) {
      log.get().replace(lines(boots));
    }
    isDamaged = false;
  }

  /** Remembers nothing after the process: for a dry run, and protocols that need no memory. */
  public static InstalledKeys forThisProcess() {
    return new InstalledKeys(Optional.empty(), "this process");
  }

  private void load(String line) {
    List<String> words = Arrays.asList(line.split(" ", -1));
    words.subList(1, words.size()).forEach(key -> boots.put(key, words.getFirst()));
  }

  /** Whether the kernel was ever given the key. */
  public boolean contains(String fingerprint) {
    return boots.containsKey(fingerprint);
  }

  /** Why the key must not be gone on with; empty if it may. */
  public Optional<RenewalReason> objection(String fingerprint) {
    String boot = boots.get(fingerprint);
    if (boot == null || boot.equals(bootId)) {
      return Optional.empty();
    }
    return Optional.of(boot.equals(LOST) ? RenewalReason.LOST : RenewalReason.BOOT);
  }

  /**
   * Writes down what the kernel is about to be given, or was found to have.
   *
   * @throws IOException if the disk does not take it: then it must not be installed
   */
  public void install(Collection<String> fingerprints) throws IOException {
    write(bootId, fingerprints);
  }

  /**
   * Writes down that the kernel has these no more, at the boot at which they were installed.
   *
   * @throws IOException if the disk does not take it
   */
  public void lose(Collection<String> fingerprints) throws IOException {
    write(LOST, fingerprints);
  }

  /**
   * Forgets the oldest keys beyond the bound, but none that a link has.
   *
   * @throws IOException if the disk does not take it; nothing is forgotten then
   */
  public void forgetOldest(Set<String> held) throws IOException {
    int excess = boots.size() - held.size() - MAX_FORMER_KEYS;
    if (excess <= 0) {
      return;
    }
    Map<String, String> kept = new LinkedHashMap<>(boots);
    boots.keySet().stream().filter(key -> !held.contains(key)).limit(excess).forEach(kept::remove);
    if (log.isPresent()) {
      log.get().replace(lines(kept));
    }
    boots.keySet().retainAll(kept.keySet());
  }

  private static List<String> lines(Map<String, String> boots) {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    boots.forEach((key, boot) -> lines.add(boot + " " + key));
    return lines;
  }

  /** Whether {@link #forgetOldest} may have something to do. */
  public boolean isFull() {
    return boots.size() > 2 * MAX_FORMER_KEYS;
  }

  private void write(String boot, Collection<String> fingerprints) throws IOException {
    if (fingerprints.isEmpty()) {
      return;
    }
    if (log.isPresent()) {
      log.get().append(List.of(boot + " " + String.join(" ", fingerprints)));
      log.get().force();
    }
    fingerprints.forEach(key -> boots.put(key, boot));
  }

  @Override
  public void close() throws IOException {
    if (log.isPresent()) {
      log.get().close();
    }
  }
}
