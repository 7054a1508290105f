package io.linkwright.edgeprotocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Small files of secrets: mode 0600 from the first byte on, never half written, and on disk, name
 * and all, before anybody goes on.
 */
public final class PrivateFiles {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");
  private static final int MAX_BYTES = 64 * 1024;

  private PrivateFiles() {}

  /** The content of {@code file}, which is written first if it is absent. */
  static byte[] readOrCreate(Path file, Supplier<byte[]> content) {
    try {
      if (Files.notExists(file)) {
        create(file, content.get());
      }
      return read(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static UncheckedIOException unusable(Path file, String reason) {
    return new UncheckedIOException(new IOException(file + ": " + reason));
  }

  static byte[] read(Path file) throws IOException {
    Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
    open.retainAll(Files.getPosixFilePermissions(file));
    if (!open.isEmpty()) {
      throw new IOException(file + ": open to others; chmod 600 it, or make a new key");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + ": longer than any key");
    }
    return Files.readAllBytes(file);
  }

  /**
   * Puts a file in the place of another, or of none: a crash leaves the one or the other, whole.
   *
   * @throws IOException if the disk does not take it; the former file is there still
   */
  public static void replace(Path file, byte[] content) throws IOException {
    Path aside = aside(file);
    try {
      write(aside, content);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
      syncDirectory(directoryOf(file));
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /**
   * Waits until the names in a directory are on disk. Without it a file that was synced itself may
   * be gone, or have its former name, after a loss of power.
   *
   * @throws IOException if the disk fails
   */
  public static void syncDirectory(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /** Writes aside and links the whole file to its name, unless another writer was first. */
  private static void create(Path file, byte[] content) throws IOException {
    Files.createDirectories(directoryOf(file));
    Path aside = aside(file);
    try {
      write(aside, content);
      linkUnlessPresent(file, aside);
    } finally {
      Files.deleteIfExists(aside);
    }
    syncDirectory(directoryOf(file));
  }

  private static Path directoryOf(Path file) {
    return file.toAbsolutePath().getParent();
  }

  private static Path aside(Path file) {
    return directoryOf(file).resolve(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void linkUnlessPresent(Path file, Path aside) throws IOException {
    try {
      Files.createLink(file, aside);
    } catch (FileAlreadyExistsException another) {
      if (Files.notExists(file)) {
        throw new NoSuchFileException(file.toString(), null, another.getMessage());
      }
    }
  }
}
