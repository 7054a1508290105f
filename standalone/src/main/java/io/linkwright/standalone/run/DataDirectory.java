package io.linkwright.standalone.run;

import io.linkwright.schemas.LinkwrightTopics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a run keeps everything, locked against a second run. The lock is the operating system's, so
 * it ends with the process however that ends.
 */
public final class DataDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
  private static final String LOCK_FILE = "linkwright.lock";
  private static final String OWNER_ONLY = "rwx------";

  private final Path root;
  private final FileChannel lockFile;

  private DataDirectory(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  /** {@code $XDG_DATA_HOME/linkwright} where that is set, {@code ~/.linkwright} elsewhere. */
  public static Path defaultRoot(Map<String, String> environment, Path home) {
    return Optional.ofNullable(environment.get("XDG_DATA_HOME"))
        .filter(directory -> !directory.isBlank())
        .map(directory -> Path.of(directory, "linkwright"))
        .orElseGet(() -> home.resolve(".linkwright"));
  }

  /**
   * Takes the directory, and makes it if there is none, for its owner only. One of ours that others
   * may look into is closed to them: what is in it are keys.
   *
   * @throws RunException if it cannot be written or another run has it
   */
  public static DataDirectory open(Path root) throws RunException {
    try {
      Files.createDirectories(
          root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
      FileChannel lockFile =
          FileChannel.open(
              root.resolve(LOCK_FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.READ);
      if (!locked(lockFile)) {
        String owner = read(lockFile);
        lockFile.close();
        throw new RunException(
            "%s is in use by process %s. Stop that one, or take another directory with --data-dir."
                .formatted(root, owner));
      }
      closeToOthers(root);
      lockFile.truncate(0);
      lockFile.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
      return new DataDirectory(root, lockFile);
    } catch (IOException unusable) {
      throw new RunException(
          "%s cannot be used as data directory: %s. Take another with --data-dir."
              .formatted(root, unusable),
          unusable);
    }
  }

  /** The directory itself. */
  public Path root() {
    return root;
  }

  /** What the broker keeps. */
  public Path kafka() {
    return root.resolve("kafka");
  }

  /** What topology-stream keeps; can be made anew from the log. */
  public Path topology() {
    return root.resolve("topology");
  }

  /** What config-pusher keeps; can be made anew from the log. */
  public Path pusher() {
    return root.resolve("pusher");
  }

  /** The key that signs documents. */
  public Path controllerKey() {
    return root.resolve("controller-key.pem");
  }

  /**
   * Makes sure that the key is there if there is a log: a new one would sign what no edge believes,
   * without a word.
   *
   * @throws RunException if the key is missing
   */
  void requireKeyOfItsLog() throws RunException {
    Path log = kafka().resolve(LinkwrightTopics.EVENTS.name() + "-0");
    if (Files.exists(log) && Files.notExists(controllerKey())) {
      throw new RunException(
          """
          %s is missing, and %s has a log that was signed with it. A new key would be one that no \
          edge trusts. Restore the file from a backup; if there is none, start with another \
          directory (--data-dir) and let all devices join again.\
          """
              .formatted(controllerKey(), root));
    }
  }

  /** Keys and configuration of simulated edges. */
  public Path simulatedEdges() {
    return root.resolve("simulated-edges");
  }

  /** What the run has to say beyond the console. */
  public Path log() {
    return root.resolve("linkwright.log");
  }

  /** Lets the next run have it. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  /** A file system without modes has nothing to close. */
  private static void closeToOthers(Path root) throws IOException {
    PosixFileAttributeView modes = Files.getFileAttributeView(root, PosixFileAttributeView.class);
    if (modes == null) {
      return;
    }
    Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString(OWNER_ONLY);
    if (!ownerOnly.containsAll(modes.readAttributes().permissions())) {
      modes.setPermissions(ownerOnly);
      LOG.warn("data directory was open to others, and is closed now dir={}", root);
    }
  }

  private static boolean locked(FileChannel lockFile) throws IOException {
    try {
      FileLock lock = lockFile.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  private static String read(FileChannel lockFile) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(32);
    lockFile.read(pid, 0);
    return new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).strip();
  }
}
