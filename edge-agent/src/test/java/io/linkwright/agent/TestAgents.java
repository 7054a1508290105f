package io.linkwright.agent;

import io.linkwright.agent.simulated.ProbeLimits;
import io.linkwright.agent.simulated.SimulatedNetwork;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.EdgeMessage.Ack;
import io.linkwright.edgeprotocol.EdgeMessage.Hello;
import io.linkwright.edgeprotocol.EdgeMessage.Status;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Agents that connect to a server that the test plays, with a simulated network between them. */
final class TestAgents implements AutoCloseable {
  static final GroupId GROUP = new GroupId("backbone");
  static final EdgeId DENVER = new EdgeId("denver");
  static final EdgeId OMAHA = new EdgeId("omaha");
  static final AgentTimings QUICK =
      new AgentTimings(
          new Backoff(Duration.ofMillis(10), Duration.ofMillis(100)),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofMillis(20),
          Duration.ofSeconds(30));

  private static final int DEADLINE_SECONDS = 20;

  private final Path directory;
  private final TestController controller =
      new TestController(GROUP, TunnelProtocol.WIREGUARD, 2, new Random(1));
  private final SimulatedNetwork network = SimulatedNetwork.start(ProbeLimits.DEFAULT);
  private final AgentRuntime runtime = AgentRuntime.start();
  private final TestServer server = TestServer.start();
  private final BlockingQueue<AgentListener.Applied> applied = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> refused = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> disconnected = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> broken = new LinkedBlockingQueue<>();
  private final List<EdgeAgent> agents = new ArrayList<>();

  /** Agents that keep their state below {@code directory}. */
  TestAgents(Path directory) {
    this.directory = directory;
  }

  TestController controller() {
    return controller;
  }

  SimulatedNetwork network() {
    return network;
  }

  TestServer server() {
    return server;
  }

  /** What was applied so far, in order. */
  List<AgentListener.Applied> applied() {
    return List.copyOf(applied);
  }

  /** Why configurations were refused so far. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  /** Why the next connection ended; null if none does in time. */
  String nextDisconnection() throws InterruptedException {
    return disconnected.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /** Why the next agent gave up; null if none does in time. */
  Throwable nextBroken() throws InterruptedException {
    return broken.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /** The same pace, but for how often an agent looks at itself. */
  static AgentTimings withInterval(Duration statusInterval, Duration silenceLimit) {
    return new AgentTimings(
        QUICK.reconnect(),
        QUICK.stableAfter(),
        Duration.ofSeconds(1),
        silenceLimit,
        QUICK.statusDelay(),
        statusInterval);
  }

  EdgeAgent start(EdgeId edge) {
    return start(edge, server.uri(), simulated(edge), QUICK);
  }

  EdgeAgent start(EdgeId edge, URI uri, TunnelDriver driver, AgentTimings timings) {
    AgentConfig config =
        new AgentConfig(
            uri,
            edge,
            controller.keysOf(edge),
            controller.key().publicKey(),
            directory.resolve(edge.value()),
            timings);
    EdgeAgent agent = EdgeAgent.start(config, driver, listener(), runtime);
    agents.add(agent);
    return agent;
  }

  TunnelDriver simulated(EdgeId edge) {
    return network.driver(edge, controller.keysOf(edge));
  }

  TestController.Ends joinAndLink() throws InterruptedException {
    server.next(DENVER, Hello.class);
    server.send(DENVER, join(DENVER, "n1"));
    server.next(DENVER, Ack.class);
    TestController.Ends link = controller.link(DENVER, OMAHA);
    server.send(DENVER, set(link, DENVER, "n2"));
    server.next(DENVER, Ack.class);
    return link;
  }

  /** Passes over what was reported while it was still under way. */
  void awaitStates(EdgeId edge, TunnelState... states) throws InterruptedException {
    List<TunnelState> reported;
    do {
      reported = nextStatus(edge).tunnels().stream().map(TunnelStatus::state).toList();
    } while (!reported.equals(List.of(states)));
  }

  Status nextStatus(EdgeId edge) throws InterruptedException {
    while (true) {
      if (server.next(edge, EdgeMessage.class) instanceof Status status) {
        return status;
      }
    }
  }

  Config join(EdgeId edge, String nonce) {
    SignedDocument membership = controller.membership(edge);
    return new Config(
        GROUP, nonce, controller.revision(), true, Optional.of(membership), List.of(), List.of());
  }

  static Config set(TestController.Ends link, EdgeId edge, String nonce) {
    return config(link.revision(), nonce, link.at(edge));
  }

  static Config config(long revision, String nonce, LinkUpdate update) {
    return new Config(GROUP, nonce, revision, false, Optional.empty(), List.of(update), List.of());
  }

  static Config remove(long revision, LinkId link) {
    return new Config(GROUP, "gone", revision, false, Optional.empty(), List.of(), List.of(link));
  }

  private AgentListener listener() {
    return new AgentListener() {
      @Override
      public void applied(Applied change) {
        applied.add(change);
      }

      @Override
      public void refused(EdgeId edge, GroupId group, long revision, String reason) {
        refused.add(reason);
      }

      @Override
      public void disconnected(EdgeId edge, String reason) {
        disconnected.add(reason);
      }

      @Override
      public void broken(EdgeId edge, Throwable cause) {
        broken.add(cause);
      }
    };
  }

  @Override
  public void close() {
    agents.forEach(EdgeAgent::close);
    runtime.close();
    network.close();
    server.close();
  }
}
