package io.linkwright.systemtests;

import io.linkwright.agent.AgentConfig;
import io.linkwright.agent.AgentListener;
import io.linkwright.agent.AgentRuntime;
import io.linkwright.agent.AgentTimings;
import io.linkwright.agent.EdgeAgent;
import io.linkwright.agent.simulated.ProbeLimits;
import io.linkwright.agent.simulated.SimulatedNetwork;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.edgeprotocol.ControllerPublicKey;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Edges with agents in this JVM, which outlive the server's process. Remembers which links each
 * agent runs; written by the agents' threads, one edge at a time.
 */
final class EdgeSite implements AutoCloseable {
  private final AgentRuntime runtime = AgentRuntime.start();
  private final SimulatedNetwork network;
  private final Map<EdgeId, EdgeKeys> keys = new HashMap<>();
  private final Map<EdgeId, Map<LinkId, Long>> running = new ConcurrentHashMap<>();
  private final Set<EdgeId> connected = ConcurrentHashMap.newKeySet();
  private final AtomicInteger sentAway = new AtomicInteger();
  private final Map<EdgeId, EdgeAgent> agents = new HashMap<>();
  private final Map<EdgeId, FaultyDriver> drivers = new HashMap<>();

  EdgeSite(List<EdgeId> edges) {
    this(edges, ProbeLimits.DEFAULT);
  }

  EdgeSite(List<EdgeId> edges, ProbeLimits probes) {
    network = SimulatedNetwork.start(probes);
    for (EdgeId edge : edges) {
      EdgeKeys own = EdgeKeys.generate();
      keys.put(edge, own);
      drivers.put(edge, new FaultyDriver(network.driver(edge, own)));
      running.put(edge, new ConcurrentHashMap<>());
    }
  }

  EdgeKeys keysOf(EdgeId edge) {
    return keys.get(edge);
  }

  void connect(URI server, ControllerPublicKey controller, Path stateDirectory) {
    keys.forEach(
        (edge, own) ->
            agents.put(
                edge,
                EdgeAgent.start(
                    new AgentConfig(
                        server,
                        edge,
                        own,
                        controller,
                        stateDirectory.resolve(edge.value()),
                        AgentTimings.DEFAULT),
                    drivers.get(edge),
                    new Ledger(),
                    runtime)));
  }

  /** The links that the edge's agent runs now. */
  Set<LinkId> linksOf(EdgeId edge) {
    return new TreeSet<>(running.get(edge).keySet());
  }

  /** Edges that are connected now. */
  int connected() {
    return connected.size();
  }

  /** How often a server has sent an edge elsewhere so far (1013, try again later). */
  int sentAway() {
    return sentAway.get();
  }

  /** Ends the agent of one edge: it is away. */
  void disconnect(EdgeId edge) {
    agents.get(edge).close();
  }

  /** Lets one edge find tunnels of its links down, whatever the other ends see. */
  void seesDown(EdgeId edge, GroupId group, Set<Integer> tunnelIndexes) {
    drivers.get(edge).seesDown(group, tunnelIndexes);
  }

  /** Each tunnel has two. */
  long tunnelEndsUp() {
    return network.tunnelEndsUp();
  }

  /** Probes that were sent. */
  long probes() {
    return network.probes();
  }

  /** Probes of tunnels that had been up and did not get through. */
  long lostProbes() {
    return network.lostProbes();
  }

  @Override
  public void close() {
    agents.values().forEach(EdgeAgent::close);
    network.close();
    runtime.close();
  }

  private final class Ledger implements AgentListener {
    @Override
    public void connected(EdgeId edge) {
      connected.add(edge);
    }

    @Override
    public void disconnected(EdgeId edge, String reason) {
      connected.remove(edge);
      if (reason.contains("1013")) {
        sentAway.incrementAndGet();
      }
    }

    @Override
    public void applied(Applied applied) {
      Map<LinkId, Long> links = running.get(applied.edge());
      applied.removed().forEach(links::remove);
      applied.set().forEach(link -> links.put(link, applied.revision()));
    }
  }
}
