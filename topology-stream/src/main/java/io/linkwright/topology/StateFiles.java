package io.linkwright.topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that a stream keeps its part of the view in. They are a cache of what the cluster has:
 * files that a stream has failed on are moved aside, once, and the next stream fetches the view
 * again. Used by one thread, between two streams.
 */
final class StateFiles {
  /** With less room than this, files are not what is wrong. */
  static final long MIN_FREE_BYTES = 64L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(StateFiles.class);

  private final Path files;
  private final Path aside;

  StateFiles(Path stateDirectory) {
    this.files = stateDirectory.resolve(StreamSettings.APPLICATION_ID);
    this.aside = stateDirectory.resolve(StreamSettings.APPLICATION_ID + "-damaged");
  }

  /** Moves the files aside if the fault came from them; those of an earlier fault go. */
  void moveAsideAfter(Throwable fault) {
    if (!isOfFiles(fault)) {
      return;
    }
    try {
      if (!Files.exists(files) || Files.getFileStore(files).getUsableSpace() < MIN_FREE_BYTES) {
        return;
      }
      delete(aside);
      Files.move(files, aside);
      LOG.warn(
          "files of the view cannot be used and were moved aside; the view is fetched again dir={}"
              + " cause={}",
          aside,
          fault.toString());
    } catch (IOException unmoved) {
      LOG.error("files of the view cannot be moved aside dir={}", files, unmoved);
    }
  }

  static boolean isOfFiles(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProcessorStateException) {
        return true;
      }
    }
    return false;
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> found = Files.walk(directory)) {
      deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
