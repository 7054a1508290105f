package io.linkwright.cli.simulation;

import io.linkwright.agent.AgentConfig;
import io.linkwright.agent.AgentListener;
import io.linkwright.agent.AgentRuntime;
import io.linkwright.agent.AgentTimings;
import io.linkwright.agent.EdgeAgent;
import io.linkwright.agent.simulated.ProbeLimits;
import io.linkwright.agent.simulated.SimulatedNetwork;
import io.linkwright.domain.EdgeId;
import io.linkwright.edgeprotocol.ControllerPublicKey;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Edges with a simulated network between them; everything else about them is real: keys on disk, a
 * connection each, the cryptography of their tunnels. Thread-safe.
 */
public final class SimulatedEdges implements AutoCloseable {
  private static final String KEYS_FILE = "keys.json";
  private static final String OWNER_ONLY = "rwx------";

  private final Surroundings surroundings;
  private final AgentRuntime runtime = AgentRuntime.start();
  private final SimulatedNetwork network = SimulatedNetwork.start(ProbeLimits.DEFAULT);
  private final ConcurrentMap<EdgeId, EdgeKeys> keys = new ConcurrentHashMap<>();
  private final ConcurrentMap<EdgeId, EdgeAgent> agents = new ConcurrentHashMap<>();

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

  /** Lets the edge connect, unless it does already. */
  public void start(EdgeId edge) {
    agents.computeIfAbsent(
        edge,
        name ->
            EdgeAgent.start(
                new AgentConfig(
                    surroundings.server(),
                    name,
                    keys(name),
                    surroundings.controller(),
                    directory(name).resolve("state"),
                    surroundings.timings()),
                network.driver(name, keys(name)),
                surroundings.listener(),
                runtime));
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
    agents.values().parallelStream().forEach(EdgeAgent::close);
    runtime.close();
    network.close();
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
