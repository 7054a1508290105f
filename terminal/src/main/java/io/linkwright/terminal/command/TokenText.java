package io.linkwright.terminal.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** A file that holds a bearer token and nothing else. */
public final class TokenText {
  private static final int MAX_BYTES = 16 * 1024;
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private TokenText() {}

  /**
   * The token in {@code file}.
   *
   * @throws IOException if there is none, or others can read it
   */
  public static String read(Path file) throws IOException {
    if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
      throw new IOException("open to others; chmod 600 it, or make a new token");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("longer than any token");
    }
    String token = Files.readString(file, StandardCharsets.US_ASCII).strip();
    if (token.isEmpty() || token.chars().anyMatch(character -> character <= ' ')) {
      throw new IOException("it must hold one token and nothing else");
    }
    return token;
  }
}
