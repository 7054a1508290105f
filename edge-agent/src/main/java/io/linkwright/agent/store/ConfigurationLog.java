package io.linkwright.agent.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.linkwright.edgeprotocol.PrivateFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of lines, each after its CRC-32C, for its owner only. A line that is damaged is passed
 * over, and a last one that is torn is cut off: neither takes others along. Appending does not wait
 * for the disk; {@link #force} and replacing the whole file do. Not thread-safe.
 */
final class ConfigurationLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationLog.class);
  private static final int CRC_LENGTH = 8;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;
  private FileChannel channel;
  private long size;

  private ConfigurationLog(Path file, FileChannel channel, long size) {
    this.file = file;
    this.channel = channel;
    this.size = size;
  }

  /**
   * A log and what was in it.
   *
   * @param header the first line, which says what the file is; empty if that is damaged
   * @param lines all others that are whole
   * @param damaged lines that are not
   * @param tornBytes at the end, of a line that was never whole
   */
  record Opened(
      ConfigurationLog log,
      Optional<String> header,
      List<String> lines,
      int damaged,
      long tornBytes) {

    /** Whether nothing was ever written. */
    boolean isNew() {
      return header.isEmpty() && lines.isEmpty() && damaged == 0;
    }
  }

  /** Opens or creates the file, in a directory that is there. */
  static Opened open(Path file) throws IOException {
    boolean isNew = Files.notExists(file);
    FileChannel channel = openToWrite(file);
    try {
      if (isNew) {
        PrivateFiles.syncDirectory(file.toAbsolutePath().getParent());
      }
      makePrivate(file);
      Opened opened = read(file, channel);
      channel.truncate(opened.log().size);
      return opened;
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
      return read(file, channel);
    } catch (IOException failed) {
      channel.close();
      throw failed;
    }
  }

  private static Opened read(Path file, FileChannel channel) throws IOException {
    byte[] content = Files.readAllBytes(file);
    List<Optional<String>> lines = new ArrayList<>();
    int end = readLines(content, lines);
    return new Opened(
        new ConfigurationLog(file, channel, end),
        lines.isEmpty() ? Optional.empty() : lines.getFirst(),
        lines.stream().skip(1).flatMap(Optional::stream).toList(),
        Math.toIntExact(lines.stream().filter(Optional::isEmpty).count()),
        content.length - end);
  }

  private static void makePrivate(Path file) throws IOException {
    Set<PosixFilePermission> present = Files.getPosixFilePermissions(file);
    if (!OWNER_ONLY.containsAll(present)) {
      LOG.warn(
          "file={} mode={} was open to others, and is not any more",
          file,
          PosixFilePermissions.toString(present));
      Files.setPosixFilePermissions(file, OWNER_ONLY);
    }
  }

  /** Bytes in the file. */
  long sizeBytes() {
    return size;
  }

  /**
   * Adds lines at the end, all or none. What a failed attempt has left lies beyond the end: it does
   * not count, and the next attempt writes over it.
   */
  void append(List<String> lines) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    lines.forEach(line -> bytes.writeBytes(framed(line)));
    try {
      write(channel, bytes.toByteArray(), size);
    } catch (IOException failed) {
      cutOff(failed);
      throw failed;
    }
    size += bytes.size();
  }

  private void cutOff(IOException failed) {
    try {
      channel.truncate(size);
    } catch (IOException again) {
      failed.addSuppressed(again);
    }
  }

  /** Waits until all that was appended is on disk. */
  void force() throws IOException {
    channel.force(false);
  }

  /** Takes back what was appended since the file had this size. */
  void truncate(long sizeBytes) throws IOException {
    size = sizeBytes;
    channel.truncate(sizeBytes);
  }

  /** Puts these lines in place of all others, at once: a crash leaves the old file or the new. */
  void replace(List<String> lines) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(aside);
    FileChannel next = openToWrite(aside);
    long written = 0;
    try {
      for (String line : lines) {
        byte[] bytes = framed(line);
        write(next, bytes, written);
        written += bytes.length;
      }
      next.force(true);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      next.close();
      Files.deleteIfExists(aside);
      throw failed;
    }
    channel.close();
    channel = next;
    size = written;
    PrivateFiles.syncDirectory(file.toAbsolutePath().getParent());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static FileChannel openToWrite(Path file) throws IOException {
    return FileChannel.open(
        file,
        EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(OWNER_ONLY));
  }

  private static void write(FileChannel channel, byte[] bytes, long from) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, from + buffer.position());
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

  /** Adds each line, empty if it is damaged, and says where the last one ends. */
  private static int readLines(byte[] content, List<Optional<String>> lines) {
    int from = 0;
    for (int end = 0; end < content.length; end++) {
      if (content[end] == '\n') {
        lines.add(readLine(content, from, end));
        from = end + 1;
      }
    }
    return from;
  }

  private static Optional<String> readLine(byte[] content, int from, int end) {
    int text = from + CRC_LENGTH + 1;
    if (text > end
        || !crcOf(content, text, end - text)
            .equals(new String(content, from, CRC_LENGTH, ISO_8859_1))) {
      return Optional.empty();
    }
    return Optional.of(new String(content, text, end - text, UTF_8));
  }

  private static String crcOf(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
