package io.linkwright.agent.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of lines, each after its CRC-32C, mode 0600, locked against a second process. Appending
 * does not wait for the disk; replacing the whole file does. Not thread-safe.
 */
final class ConfigurationLog implements AutoCloseable {
  private static final int CRC_LENGTH = 8;

  private final Path file;
  private FileChannel channel;
  private long size;

  private ConfigurationLog(Path file, FileChannel channel, long size) {
    this.file = file;
    this.channel = channel;
    this.size = size;
  }

  /** A log and the lines that were in it. */
  record Opened(ConfigurationLog log, List<String> lines, long cutOffBytes) {}

  /**
   * Opens or creates the file. What follows the first line that is torn or altered is cut off.
   *
   * @throws IOException also if another process has it open
   */
  static Opened open(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    FileChannel channel = openLocked(file);
    try {
      byte[] content = Files.readAllBytes(file);
      List<String> lines = new ArrayList<>();
      int good = readLines(content, lines);
      channel.truncate(good);
      channel.position(good);
      return new Opened(new ConfigurationLog(file, channel, good), lines, content.length - good);
    } catch (IOException failed) {
      channel.close();
      throw failed;
    }
  }

  /**
   * Opens the file to read what is whole in it, while another process may append to it. Nothing can
   * be written.
   */
  static Opened openToRead(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      byte[] content = Files.readAllBytes(file);
      List<String> lines = new ArrayList<>();
      int good = readLines(content, lines);
      return new Opened(new ConfigurationLog(file, channel, good), lines, content.length - good);
    } catch (IOException failed) {
      channel.close();
      throw failed;
    }
  }

  /** Bytes in the file. */
  long sizeBytes() {
    return size;
  }

  /** Adds a line at the end. A failed attempt leaves nothing that counts. */
  void append(String line) throws IOException {
    byte[] bytes = framed(line);
    try {
      write(channel, bytes);
    } catch (IOException failed) {
      truncate(size);
      throw failed;
    }
    size += bytes.length;
  }

  /** Waits until all that was appended is on disk. */
  void force() throws IOException {
    channel.force(false);
  }

  /** Takes back what was appended since the file had this size. */
  void truncate(long sizeBytes) throws IOException {
    channel.truncate(sizeBytes);
    channel.position(sizeBytes);
    size = sizeBytes;
  }

  /** Puts these lines in place of all others, at once: a crash leaves the old file or the new. */
  void replace(List<String> lines) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(aside);
    FileChannel next = openLocked(aside);
    long written = 0;
    try {
      for (String line : lines) {
        byte[] bytes = framed(line);
        write(next, bytes);
        written += bytes.length;
      }
      next.force(true);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      next.close();
      throw failed;
    }
    channel.close();
    channel = next;
    size = written;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static FileChannel openLocked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException here) {
      channel.close();
      throw new IOException(file + " is in use by another agent in this process", here);
    }
    channel.close();
    throw new IOException(file + " is in use by another process");
  }

  private static void write(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static byte[] framed(String line) {
    byte[] text = line.getBytes(UTF_8);
    return ByteBuffer.allocate(CRC_LENGTH + 1 + text.length + 1)
        .put(crcOf(text, 0, text.length).getBytes(UTF_8))
        .put((byte) ' ')
        .put(text)
        .put((byte) '\n')
        .array();
  }

  /** Adds the good lines and says where they end. */
  private static int readLines(byte[] content, List<String> lines) {
    int from = 0;
    while (from < content.length) {
      int end = from;
      while (end < content.length && content[end] != '\n') {
        end++;
      }
      int text = from + CRC_LENGTH + 1;
      if (end == content.length
          || text > end
          || !crcOf(content, text, end - text)
              .equals(new String(Arrays.copyOfRange(content, from, from + CRC_LENGTH), UTF_8))) {
        return from;
      }
      lines.add(new String(content, text, end - text, UTF_8));
      from = end + 1;
    }
    return from;
  }

  private static String crcOf(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
