package io.linkwright.cli.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * Where a run keeps everything, locked against a second run. The lock is the operating system's, so
 * it ends with the process however that ends.
 */
public final class DataDirectory implements AutoCloseable {
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
   * Takes the directory, and makes it if there is none, for its owner only.
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
