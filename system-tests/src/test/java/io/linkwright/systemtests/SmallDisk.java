package io.linkwright.systemtests;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system in memory that can be filled to the last byte. Only root can make one. */
final class SmallDisk implements AutoCloseable {
  private static final int LIMIT_SECONDS = 30;
  private static final int BLOCK_BYTES = 4_096;
  private static final String BALLAST = "ballast";

  private final Path root;

  private SmallDisk(Path root) {
    this.root = root;
  }

  /** Skips the test, and says why, where none can be mounted. */
  static SmallDisk mount(Path directory, int mebibytes) {
    try {
      Files.createDirectories(directory);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    String size = "size=%dm".formatted(mebibytes);
    if (!"root".equals(System.getProperty("user.name"))
        || !succeeds("mount", "-t", "tmpfs", "-o", size, "tmpfs", directory.toString())) {
      abort("a full disk cannot be tested here: only root can mount a tmpfs");
    }
    return new SmallDisk(directory);
  }

  Path path() {
    return root;
  }

  /** Leaves so much room, and less than a block more. */
  void fillUpTo(long bytesLeft) {
    byte[] block = new byte[BLOCK_BYTES];
    try (OutputStream ballast = Files.newOutputStream(root.resolve(BALLAST))) {
      while (Files.getFileStore(root).getUsableSpace() >= bytesLeft + BLOCK_BYTES) {
        ballast.write(block);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void makeRoom() {
    try {
      Files.delete(root.resolve(BALLAST));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    if (!succeeds("umount", root.toString()) && !succeeds("umount", "-l", root.toString())) {
      throw new AssertionError(root + " is still mounted");
    }
  }

  private static boolean succeeds(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }
}
