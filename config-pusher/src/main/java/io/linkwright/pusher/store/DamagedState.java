package io.linkwright.pusher.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** A database that cannot be opened, and the place where it is kept for those who want to look. */
final class DamagedState {
  /** Within the state directory: what is around it may not be ours to write. One is kept. */
  static final String ASIDE = "damaged";

  private DamagedState() {}

  /**
   * Whether the files are at fault. Not if the disk is full, or a process of a former version,
   * which takes only the database's own lock, has it open.
   */
  static boolean isDamage(RocksDBException failed) {
    String message = String.valueOf(failed.getMessage());
    Status status = failed.getStatus();
    boolean full =
        message.contains("No space left")
            || (status != null && status.getSubCode() == Status.SubCode.NoSpace);
    return !full && !message.contains("/LOCK") && !message.contains("Permission denied");
  }

  /** Whether a file that was read is at fault. */
  static boolean isCorruption(RocksDBException failed) {
    return failed.getStatus() != null && failed.getStatus().getCode() == Status.Code.Corruption;
  }

  /** Answers where the files are now. */
  static Path moveAside(Path directory) {
    Path aside = directory.resolve(ASIDE);
    try {
      delete(aside);
      Files.createDirectory(aside);
      for (Path file : children(directory)) {
        String name = file.getFileName().toString();
        if (!name.equals(ASIDE) && !name.equals(StateLock.NAME)) {
          Files.move(file, aside.resolve(name));
        }
      }
    } catch (IOException failed) {
      throw new StoreFailure("moving a damaged state aside to " + aside, failed);
    }
    return aside;
  }

  private static void delete(Path aside) throws IOException {
    if (Files.exists(aside)) {
      try (Stream<Path> files = Files.walk(aside)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
