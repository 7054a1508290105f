package io.linkwright.simulator;

import io.linkwright.agent.AgentConfig;
import io.linkwright.agent.AgentListener;
import io.linkwright.agent.AgentRuntime;
import io.linkwright.agent.AgentTimings;
import io.linkwright.agent.EdgeAgent;
import io.linkwright.agent.simulated.ProbeLimits;
import io.linkwright.agent.simulated.SimulatedNetwork;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.edgeprotocol.ControllerPublicKey;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Edges with a simulated network between them; everything else about them is real: keys on disk, a
 * connection each, the cryptography of their tunnels. Thread-safe.
 */
public final class SimulatedEdges implements AutoCloseable {
  private static final String KEYS_FILE = "keys.json";
  private static final Duration PAUSE_BEFORE_RESTART = Duration.ofSeconds(5);
  private static final String OWNER_ONLY = "rwx------";

  private final Surroundings surroundings;
  private final AgentRuntime runtime = AgentRuntime.start();
  private final SimulatedNetwork network = SimulatedNetwork.start(ProbeLimits.DEFAULT);
  private final ConcurrentMap<EdgeId, EdgeKeys> keys = new ConcurrentHashMap<>();
  private final ConcurrentMap<EdgeId, EdgeAgent> agents = new ConcurrentHashMap<>();
  private volatile boolean isClosed;

  /**
   * Where the edges live.
   *
   * @param server whom they connect to
   * @param controller whose signature counts for them
   * @param directory a directory for each edge is made in it
   */
  public record Surroundings(
      URI server,
      ControllerPublicKey controller,
      Path directory,
      AgentTimings timings,
      AgentListener listener) {}

  /** No edges yet. */
  public SimulatedEdges(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The edge's keys; made the first time, from disk after a restart. */
  public EdgeKeys keys(EdgeId edge) {
    return keys.computeIfAbsent(
        edge, name -> EdgeKeys.loadOrCreate(directory(name).resolve(KEYS_FILE)));
  }

  /** Whether the edge has keys of ours already. */
  public boolean hasKeys(EdgeId edge) {
    return keys.containsKey(edge)
        || Files.exists(surroundings.directory().resolve(edge.value()).resolve(KEYS_FILE));
  }

  /** Lets the edge connect, unless it does already or all is closed. */
  public void start(EdgeId edge) {
    agents.computeIfAbsent(edge, name -> isClosed ? null : begun(name));
  }

  private EdgeAgent begun(EdgeId edge) {
    return EdgeAgent.start(
        new AgentConfig(
            surroundings.server(),
            edge,
            keys(edge),
            surroundings.controller(),
            directory(edge).resolve("state"),
            surroundings.timings()),
        network.driver(edge, keys(edge)),
        new RestartingListener(surroundings.listener(), this::restart),
        runtime);
  }

  /** As systemd does on a real device, and off the thread of the agent that broke. */
  private void restart(EdgeId edge) {
    var _ =
        Thread.ofVirtual()
            .start(
                () -> {
                  stop(edge);
                  try {
                    Thread.sleep(PAUSE_BEFORE_RESTART);
                    start(edge);
                  } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                  }
                });
  }

  /** Ends the edge, if it runs; its keys stay on disk. */
  public void stop(EdgeId edge) {
    EdgeAgent agent = agents.remove(edge);
    if (agent != null) {
      agent.close();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    try (SimulatedNetwork _ = network;
        AgentRuntime _ = runtime) {
      EdgeAgent.closeAll(agents.values());
    }
  }

  private Path directory(EdgeId edge) {
    Path directory = surroundings.directory().resolve(edge.value());
    try {
      return Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
