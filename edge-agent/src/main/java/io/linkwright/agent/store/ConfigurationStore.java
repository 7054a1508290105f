package io.linkwright.agent.store;

import io.linkwright.agent.configuration.ConfigurationVerifier;
import io.linkwright.agent.configuration.EdgeState;
import io.linkwright.agent.configuration.HeldGroup;
import io.linkwright.agent.configuration.KeyChanges;
import io.linkwright.agent.configuration.Plan;
import io.linkwright.agent.configuration.Verdict;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.text.PlainText;
import io.linkwright.edgeprotocol.EdgeMessages;
import io.linkwright.edgeprotocol.ProtocolException;
import io.linkwright.edgeprotocol.ProtocolLimits;
import io.linkwright.edgeprotocol.ServerMessage.Challenge;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last good configuration on disk, as the messages it came in: secrets are there as they were
 * sealed and never opened. A change appends what it changes, so it costs the same however much an
 * edge holds; the file is rewritten when it has grown to twice its size.
 *
 * <p>New configuration is left to the operating system to write out: a process that dies loses
 * nothing, a machine that dies may lose the last seconds, and then the server sends them again,
 * because the edge says what it has. What takes something away waits for the disk, because nobody
 * would say it again to an edge that comes back without the server: removed links, groups that are
 * dropped, former keys that retire. So does rewriting, so that no crash empties the file.
 *
 * <p>Each link has lines of its own: one that is damaged costs this link, which the edge then does
 * not say it has, and the server sends again. What is read is verified like what is received. The
 * directory is locked against a second agent. Owned by the agent.
 */
public final class ConfigurationStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationStore.class);

  private static final String FILE = "configuration.log";
  private static final String TYPE = "linkwright-edge-configuration";
  private static final String VERSION = "1";
  private static final String OWNER_ONLY = "rwx------";
  static final String MESSAGE = "config ";
  static final String REMOVED = "removed ";
  static final String DROPPED = "dropped ";

  /** Not worth rewriting below. */
  private static final long MIN_REWRITE_BYTES = 256 * 1024;

  private final EdgeId edge;
  private final ConfigurationLog log;
  private final Optional<DirectoryLock> lock;
  private final EdgeState state = new EdgeState();
  private long rewriteAtBytes;

  private ConfigurationStore(EdgeId edge, ConfigurationLog log, Optional<DirectoryLock> lock) {
    this.edge = edge;
    this.log = log;
    this.lock = lock;
  }

  static String header(EdgeId edge) {
    return "%s %s %s".formatted(TYPE, VERSION, edge);
  }

  /**
   * Opens the store of an edge in a directory, which is created if need be. A file of another
   * version is moved aside: the server sends everything again.
   *
   * @throws IOException if the disk fails, another process is at it, or it is another edge's
   */
  public static ConfigurationStore open(Path directory, EdgeId edge, ConfigurationVerifier verifier)
      throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    DirectoryLock lock = DirectoryLock.acquire(directory);
    try {
      Path file = directory.resolve(FILE);
      moveOtherVersionAside(file);
      return open(file, edge, verifier, lock);
    } catch (IOException | RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }

  private static ConfigurationStore open(
      Path file, EdgeId edge, ConfigurationVerifier verifier, DirectoryLock lock)
      throws IOException {
    ConfigurationLog.Opened opened = ConfigurationLog.open(file);
    ConfigurationStore store = new ConfigurationStore(edge, opened.log(), Optional.of(lock));
    try {
      if (opened.isNew()) {
        opened.log().append(List.of(header(edge)));
      }
      store.load(file, opened, verifier);
      store.rewriteAtBytes = Math.max(MIN_REWRITE_BYTES, 2 * opened.log().sizeBytes());
      if (opened.damaged() > 0) {
        store.rewriteAtBytes = 0;
      }
      return store;
    } catch (IOException | RuntimeException failed) {
      opened.log().close();
      throw failed;
    }
  }

  private static void moveOtherVersionAside(Path file) throws IOException {
    if (Files.notExists(file)) {
      return;
    }
    String version = VERSION;
    ConfigurationLog.Opened opened = ConfigurationLog.openToRead(file);
    try (ConfigurationLog _ = opened.log()) {
      String[] words = opened.header().orElse("").split(" ", -1);
      if (words.length > 1 && words[0].equals(TYPE)) {
        version = words[1];
      }
    }
    if (!version.equals(VERSION)) {
      Path aside = file.resolveSibling(FILE + ".other-version");
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.warn(
          "file={} version={} is not known here (it is {}), moved to {}: the server is asked for"
              + " everything",
          file,
          PlainText.of(version, ProtocolLimits.MAX_ERROR_LENGTH),
          VERSION,
          aside);
    }
  }

  /**
   * What an edge has on disk at this moment, while its agent may be running. Changes nothing.
   *
   * @throws IOException if the disk fails, it is another edge's or of another version
   */
  public static EdgeState read(Path directory, EdgeId edge, ConfigurationVerifier verifier)
      throws IOException {
    Path file = directory.resolve(FILE);
    if (Files.notExists(file)) {
      return new EdgeState();
    }
    ConfigurationLog.Opened opened = ConfigurationLog.openToRead(file);
    try (ConfigurationStore store = new ConfigurationStore(edge, opened.log(), Optional.empty())) {
      store.load(file, opened, verifier);
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
      log.append(
          plan.records().stream().map(record -> MESSAGE + EdgeMessages.write(record)).toList());
      if (plan.takesAway()) {
        log.force();
      }
      return before;
    } catch (IOException failed) {
      rewriteAtBytes = 0;
      log.truncate(before.sizeBytes());
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
    try (ConfigurationLog _ = log) {
      lock.ifPresent(DirectoryLock::close);
    }
  }

  private void load(Path file, ConfigurationLog.Opened opened, ConfigurationVerifier verifier)
      throws IOException {
    if (opened.damaged() > 0 || opened.tornBytes() > 0) {
      LOG.warn(
          "edge={} file={} damagedLines={} tornBytes={} passed over: the server is asked again for"
              + " what they said",
          edge,
          file,
          opened.damaged(),
          opened.tornBytes());
    }
    if (opened.header().isPresent() && !opened.header().get().equals(header(edge))) {
      throw new IOException(file + " is not the configuration of " + edge);
    }
    for (String line : opened.lines()) {
      try {
        load(line, verifier);
      } catch (ProtocolException | IllegalArgumentException malformed) {
        LOG.warn(
            "edge={} file={} skipped={}",
            edge,
            file,
            PlainText.of(malformed.getMessage(), ProtocolLimits.MAX_ERROR_LENGTH));
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
