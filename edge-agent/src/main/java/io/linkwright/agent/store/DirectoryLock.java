package io.linkwright.agent.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a directory for this process as long as it lives, however it ends. The lock is on a file
 * that nobody else opens: Linux lets go of a lock when the process closes any other channel of the
 * same file, so a file that is also read cannot hold one.
 */
public final class DirectoryLock implements AutoCloseable {
  /** Of the directory; stays when the lock is gone. */
  public static final String FILE = "lock";

  private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);
  private static final int MAX_PID_BYTES = 32;

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes a directory that is there.
   *
   * @throws IOException if the disk fails, or another process has the directory; names it
   */
  public static DirectoryLock acquire(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE),
            EnumSet.of(
                StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      requireLocked(channel, directory);
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
    sign(channel);
    return new DirectoryLock(channel);
  }

  private static void requireLocked(FileChannel channel, Path directory) throws IOException {
    try {
      if (channel.tryLock() == null) {
        throw new IOException(
            "%s is in use by process %s: stop that agent first, or take another directory"
                .formatted(directory, owner(channel)));
      }
    } catch (OverlappingFileLockException here) {
      throw new IOException(directory + " is in use by another agent in this process", here);
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(MAX_PID_BYTES);
    channel.read(pid, 0);
    return new String(pid.array(), 0, pid.position(), US_ASCII).strip();
  }

  /** For people only: a disk that is full must not keep an agent from starting. */
  private static void sign(FileChannel channel) {
    try {
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII)));
    } catch (IOException full) {
      LOG.debug("process id not written", full);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      LOG.warn("lock not let go of, the end of the process does it: {}", failed.toString());
    }
  }
}
