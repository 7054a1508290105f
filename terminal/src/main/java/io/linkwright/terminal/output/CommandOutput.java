package io.linkwright.terminal.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The process's output in UTF-8, line by line. Keeps why it could not be written. Thread-safe. */
public final class CommandOutput extends PrintWriter {
  /** Linux shows there what the standard output is. */
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  private final Sink sink;

  private CommandOutput(Sink sink) {
    super(new OutputStreamWriter(sink, StandardCharsets.UTF_8), true);
    this.sink = sink;
  }

  /** Standard output. */
  public static CommandOutput ofProcess() {
    return to(new FileOutputStream(FileDescriptor.out));
  }

  static CommandOutput to(OutputStream stream) {
    return new CommandOutput(new Sink(stream));
  }

  /** Why something could not be written, if that was so. */
  Optional<IOException> failure() {
    return Optional.ofNullable(sink.failure);
  }

  /** A pipe takes everything until its reader closes it; other words differ with the language. */
  static boolean isReaderGone(IOException failure) {
    return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe")
        || isPipe();
  }

  private static boolean isPipe() {
    try {
      String target = Files.readSymbolicLink(STANDARD_OUTPUT).toString();
      return target.startsWith("pipe:") || target.startsWith("socket:");
    } catch (IOException unknown) {
      return false;
    }
  }

  /** Remembers the first failure, which a {@link PrintWriter} swallows. */
  private static final class Sink extends FilterOutputStream {
    private volatile IOException failure;

    private Sink(OutputStream stream) {
      super(stream);
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException failed) {
        failure = failure == null ? failed : failure;
        throw failed;
      }
    }
  }
}
