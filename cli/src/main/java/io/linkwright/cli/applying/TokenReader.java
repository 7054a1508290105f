package io.linkwright.cli.applying;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Ends a text in which one token goes on for too long: the time that a YAML parser takes for one
 * grows with the square of its length. Owned by one thread.
 */
final class TokenReader extends FilterReader {
  /** Forty times the longest key of a device; a comment counts too. */
  static final int MAX_TOKEN_LENGTH = 64 * 1024;

  private int sinceToken;
  private boolean exceeded;

  TokenReader(Reader text) {
    super(text);
  }

  /** The parser has come to another token. */
  void tokenDone() {
    sinceToken = 0;
  }

  /** Whether that is why the text ended. */
  boolean isExceeded() {
    return exceeded;
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    if (sinceToken > MAX_TOKEN_LENGTH) {
      exceeded = true;
      throw new IOException("a token of more than %d characters".formatted(MAX_TOKEN_LENGTH));
    }
    int count = super.read(buffer, offset, length);
    sinceToken += Math.max(0, count);
    return count;
  }
}
