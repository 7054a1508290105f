package io.linkwright.agent.store;

import io.linkwright.agent.configuration.ConfigurationVerifier;
import io.linkwright.agent.configuration.EdgeState;
import io.linkwright.agent.configuration.HeldGroup;
import io.linkwright.agent.configuration.KeyChanges;
import io.linkwright.agent.configuration.Plan;
import io.linkwright.agent.configuration.Verdict;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import io.linkwright.edgeprotocol.EdgeMessages;
import io.linkwright.edgeprotocol.ProtocolException;
import io.linkwright.edgeprotocol.ServerMessage.Challenge;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last good configuration on disk, as the messages it came in: secrets are there as they were
 * sealed and never opened. A change appends what it changes, so it costs the same however much an
 * edge holds; the file is rewritten when it has grown to twice its size.
 *
 * <p>Appends are left to the operating system to write out: a process that dies loses nothing, a
 * machine that dies may lose the last seconds, and then the server sends them again, because the
 * edge says what it has. Rewriting waits for the disk, so that no crash empties the file. What is
 * read is verified like what is received. Owned by the agent.
 */
public final class ConfigurationStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationStore.class);

  private static final String FILE = "configuration.log";
  static final String HEADER = "linkwright-edge-configuration 1 ";
  static final String MESSAGE = "config ";
  static final String REMOVED = "removed ";
  static final String DROPPED = "dropped ";

  /** Not worth rewriting below. */
  private static final long MIN_REWRITE_BYTES = 256 * 1024;

  private final EdgeId edge;
  private final ConfigurationLog log;
  private final EdgeState state = new EdgeState();
  private long rewriteAtBytes;

  private ConfigurationStore(EdgeId edge, ConfigurationLog log) {
    this.edge = edge;
    this.log = log;
  }

  /**
   * Opens the store of an edge in a directory, which is created if need be.
   *
   * @throws IOException if the disk fails, another process is at it, or it is another edge's
   */
  public static ConfigurationStore open(Path directory, EdgeId edge, ConfigurationVerifier verifier)
      throws IOException {
    Path file = directory.resolve(FILE);
    ConfigurationLog.Opened opened = ConfigurationLog.open(file);
    ConfigurationStore store = new ConfigurationStore(edge, opened.log());
    try {
      if (opened.cutOffBytes() > 0) {
        LOG.warn(
            "edge={} file={} cutOffBytes={} torn or altered", edge, file, opened.cutOffBytes());
      }
      store.load(file, opened.lines(), verifier);
      store.rewriteAtBytes = Math.max(MIN_REWRITE_BYTES, 2 * opened.log().sizeBytes());
      return store;
    } catch (IOException failed) {
      opened.log().close();
      throw failed;
    }
  }

  /**
   * What an edge has on disk at this moment, while its agent may be running. Changes nothing.
   *
   * @throws IOException if the disk fails or it is another edge's
   */
  public static EdgeState read(Path directory, EdgeId edge, ConfigurationVerifier verifier)
      throws IOException {
    Path file = directory.resolve(FILE);
    if (Files.notExists(file)) {
      return new EdgeState();
    }
    ConfigurationLog.Opened opened = ConfigurationLog.openToRead(file);
    try (ConfigurationStore store = new ConfigurationStore(edge, opened.log())) {
      if (!opened.lines().isEmpty()) {
        store.load(file, opened.lines(), verifier);
      }
      return store.state();
    }
  }

  /** What the edge runs; changed through {@link EdgeState#apply} once a plan is recorded. */
  public EdgeState state() {
    return state;
  }

  /** Bytes before a record was appended, to go back to. */
  public record Mark(long sizeBytes) {}

  /**
   * Records a plan before it is applied.
   *
   * @throws IOException if the disk does not take it; nothing is recorded then
   */
  public Mark append(Plan plan) throws IOException {
    Mark before = new Mark(log.sizeBytes());
    try {
      log.append(MESSAGE + EdgeMessages.write(plan.record()));
      return before;
    } catch (IOException failed) {
      rewriteAtBytes = 0;
      throw failed;
    }
  }

  /**
   * Takes back a plan that could not be applied.
   *
   * @throws IOException if the disk does not take it; the next rewrite does it then
   */
  public void undo(Mark before) throws IOException {
    try {
      log.truncate(before.sizeBytes());
    } catch (IOException failed) {
      rewriteAtBytes = 0;
      throw failed;
    }
  }

  /** Leaves out what is history, if that is most of the file or the file is in doubt. */
  public void rewriteIfGrown() throws IOException {
    if (log.sizeBytes() >= rewriteAtBytes) {
      log.replace(Snapshot.lines(edge, state));
      rewriteAtBytes = Math.max(MIN_REWRITE_BYTES, 2 * log.sizeBytes());
    }
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  private void load(Path file, List<String> lines, ConfigurationVerifier verifier)
      throws IOException {
    if (lines.isEmpty()) {
      log.truncate(0);
      log.append(HEADER + edge);
      return;
    }
    if (!lines.getFirst().equals(HEADER + edge)) {
      throw new IOException(file + " is not the configuration of " + edge);
    }
    for (String line : lines.subList(1, lines.size())) {
      try {
        load(line, verifier);
      } catch (ProtocolException | IllegalArgumentException malformed) {
        LOG.warn("edge={} file={} skipped={}", edge, file, malformed.getMessage());
      }
    }
  }

  private void load(String line, ConfigurationVerifier verifier) throws ProtocolException {
    if (line.startsWith(MESSAGE)) {
      loadMessage(line.substring(MESSAGE.length()), verifier);
      return;
    }
    String[] words = line.split(" ", -1);
    if (line.startsWith(DROPPED) && words.length == 3) {
      state.raiseFloor(new GroupId(words[1]), Long.parseLong(words[2]));
    } else if (line.startsWith(REMOVED) && words.length % 2 == 1) {
      state.group(new GroupId(words[1])).ifPresent(group -> loadRemoved(words, group));
    } else {
      throw new ProtocolException("a line of an unknown kind");
    }
  }

  private void loadMessage(String json, ConfigurationVerifier verifier) throws ProtocolException {
    switch (EdgeMessages.readServer(json)) {
      case Config config -> loadConfig(config, verifier);
      case ChangeOver step -> KeyChanges.plan(state, step).ifPresent(state::apply);
      case Challenge _ -> throw new ProtocolException("a message that changes nothing");
    }
  }

  private void loadConfig(Config config, ConfigurationVerifier verifier) throws ProtocolException {
    switch (verifier.check(state, config)) {
      case Verdict.Accepted(Plan plan) -> state.apply(plan);
      case Verdict.Unchanged() -> {}
      case Verdict.Refused(String reason) -> throw new ProtocolException(reason);
    }
  }

  private static void loadRemoved(String[] words, HeldGroup group) {
    group.removed().raiseFloor(Long.parseLong(words[2]));
    for (int i = 3; i < words.length; i += 2) {
      group.removed().add(LinkId.parse(words[i]), Long.parseLong(words[i + 1]));
    }
  }
}
