package io.linkwright.agent.device;

import io.linkwright.agent.store.DirectoryLock;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directory in which a device keeps what makes it an edge: its keys, whom it trusts, its last
 * good configuration. Nobody else may look into it. Every file is there whole or not at all.
 */
public final class EdgeHome {
  private static final String PROFILE = "edge.json";
  private static final String KEYS = "keys.json";
  private static final String NEXT_KEYS = "keys.next.json";
  private static final String CONFIGURATION = "state";
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private final Path directory;

  /** The directory, which need not exist yet. */
  public EdgeHome(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  /** Where an edge is kept unless said otherwise: {@code XDG_STATE_HOME}, or as it has it. */
  public static Path defaultDirectory(Map<String, String> environment, Path userHome) {
    String stateHome = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base = stateHome.isEmpty() ? userHome.resolve(".local/state") : Path.of(stateHome);
    return base.resolve("linkwright-edge");
  }

  /** The directory. */
  public Path directory() {
    return directory;
  }

  /** Where the agent keeps its configuration. */
  public Path configuration() {
    return directory.resolve(CONFIGURATION);
  }

  /** Who the device is; empty if it has not joined anything. */
  public Optional<EdgeProfile> profile() {
    Path file = directory.resolve(PROFILE);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(EdgeProfile.ofJson(Files.readAllBytes(file)));
    } catch (IOException unreadable) {
      throw failure(unreadable);
    } catch (IllegalArgumentException malformed) {
      throw new EdgeFailure(
          "%s %s: restore it, or name another directory with --state-dir"
              .formatted(file, malformed.getMessage()),
          malformed);
    }
  }

  /** Who the device is, or a failure that says what to do. */
  public EdgeProfile requireProfile() {
    return profile()
        .orElseThrow(
            () ->
                new EdgeFailure(
                    "%s holds no edge: join a group first with `join`, or name the directory with --state-dir"
                        .formatted(directory)));
  }

  /**
   * The device's keys. None are made in their place: a device with others is another device, and
   * nobody would know it.
   */
  public EdgeKeys requireKeys() {
    Path file = directory.resolve(KEYS);
    if (Files.notExists(file)) {
      throw new EdgeFailure(
          "%s is gone, and nobody else has these keys: restore it, or join again with --new-keys"
              .formatted(file));
    }
    try {
      return EdgeKeys.load(file);
    } catch (UncheckedIOException unusable) {
      throw failure(unusable.getCause());
    }
  }

  /** Keys for a device that has none yet, on disk when this returns. */
  EdgeKeys firstKeys() {
    return keys(KEYS);
  }

  /** Keys that are to replace the present ones; the same until they do. */
  EdgeKeys nextKeys() {
    return keys(NEXT_KEYS);
  }

  boolean hasKeys() {
    return Files.exists(directory.resolve(KEYS));
  }

  private EdgeKeys keys(String file) {
    try {
      return EdgeKeys.loadOrCreate(directory.resolve(file));
    } catch (UncheckedIOException unusable) {
      throw failure(unusable.getCause());
    }
  }

  /** Makes the directory, for its owner only. */
  void create() {
    try {
      if (Files.notExists(directory)) {
        Files.createDirectories(directory.getParent());
        Files.createDirectory(directory, OWNER_ONLY);
        PrivateFiles.syncDirectory(directory.getParent());
      }
    } catch (IOException failed) {
      throw failure(failed);
    }
    requirePrivate();
  }

  /** Holds the directory against other processes that run or change this edge. */
  DirectoryLock lock() {
    try {
      return DirectoryLock.acquire(directory);
    } catch (IOException taken) {
      throw new EdgeFailure(taken.getMessage() + " with --state-dir", taken);
    }
  }

  /** Refuses a directory that others can look into. */
  void requirePrivate() {
    try {
      Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
      open.retainAll(Files.getPosixFilePermissions(directory));
      if (!open.isEmpty()) {
        throw new EdgeFailure(
            "%s is open to others: chmod 700 it, or name a directory that does not exist yet with --state-dir"
                .formatted(directory));
      }
    } catch (IOException failed) {
      throw failure(failed);
    }
  }

  /** Takes the new keys into use. What was sealed to the old ones is of no use any more. */
  void adoptNextKeys() {
    try {
      Files.deleteIfExists(configuration().resolve("configuration.log"));
      Files.move(
          directory.resolve(NEXT_KEYS), directory.resolve(KEYS), StandardCopyOption.ATOMIC_MOVE);
      PrivateFiles.syncDirectory(directory);
    } catch (IOException failed) {
      throw failure(failed);
    }
  }

  void write(EdgeProfile profile) {
    try {
      PrivateFiles.replace(directory.resolve(PROFILE), profile.toJson());
    } catch (IOException failed) {
      throw failure(failed);
    }
  }

  /** Takes back what a refused join has made: its keys, and the directory if nothing is left. */
  void discardKeys() {
    discard(KEYS);
  }

  /** Takes back keys that were to replace the present ones. */
  void discardNextKeys() {
    discard(NEXT_KEYS);
  }

  private void discard(String file) {
    try {
      Files.deleteIfExists(directory.resolve(file));
      if (holdsOnlyTheLock()) {
        Files.deleteIfExists(directory.resolve(DirectoryLock.FILE));
        Files.delete(directory);
      }
    } catch (IOException failed) {
      throw failure(failed);
    }
  }

  private boolean holdsOnlyTheLock() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.allMatch(rest -> rest.endsWith(DirectoryLock.FILE));
    }
  }

  private EdgeFailure failure(IOException cause) {
    return new EdgeFailure(
        "the edge's directory %s cannot be used: %s".formatted(directory, cause.getMessage()),
        cause);
  }
}
