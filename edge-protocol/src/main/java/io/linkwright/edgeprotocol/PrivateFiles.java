package io.linkwright.edgeprotocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Small files of secrets: mode 0600 from the first byte on, and never half written. */
final class PrivateFiles {
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

  /** Writes aside and links the whole file to its name, unless another writer was first. */
  private static void create(Path file, byte[] content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path aside = directory.resolve(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              aside,
              EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      linkUnlessPresent(file, aside);
    } finally {
      Files.deleteIfExists(aside);
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
