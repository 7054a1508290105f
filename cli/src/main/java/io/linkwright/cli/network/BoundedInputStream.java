package io.linkwright.cli.network;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails once more than a bound has been read; owned by the thread that reads. */
final class BoundedInputStream extends FilterInputStream {
  private final long maxBytes;
  private long readBytes;

  BoundedInputStream(InputStream in, long maxBytes) {
    super(in);
    this.maxBytes = maxBytes;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    if (next >= 0) {
      count(1);
    }
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    if (count > 0) {
      count(count);
    }
    return count;
  }

  private void count(int bytes) throws IOException {
    readBytes += bytes;
    if (readBytes > maxBytes) {
      throw new IOException("more than %,d bytes".formatted(maxBytes));
    }
  }
}
