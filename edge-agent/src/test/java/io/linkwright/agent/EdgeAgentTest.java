package io.linkwright.agent;

import static io.linkwright.agent.TestServer.isProven;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.simulated.ProbeLimits;
import io.linkwright.agent.simulated.SimulatedNetwork;
import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.KeyChange;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.SignedDocument;
import io.linkwright.domain.TunnelProtocol;
import io.linkwright.domain.TunnelState;
import io.linkwright.domain.TunnelStatus;
import io.linkwright.edgeprotocol.EdgeConnection;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.EdgeMessage.Ack;
import io.linkwright.edgeprotocol.EdgeMessage.Hello;
import io.linkwright.edgeprotocol.EdgeMessage.Nack;
import io.linkwright.edgeprotocol.EdgeMessage.Status;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EdgeAgentTest {
  private static final GroupId GROUP = new GroupId("backbone");
  private static final EdgeId DENVER = new EdgeId("denver");
  private static final EdgeId OMAHA = new EdgeId("omaha");
  private static final AgentTimings QUICK =
      new AgentTimings(
          new Backoff(Duration.ofMillis(10), Duration.ofMillis(100)),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofMillis(20),
          Duration.ofSeconds(30));

  @TempDir private Path directory;

  private final TestController controller =
      new TestController(GROUP, TunnelProtocol.WIREGUARD, 2, new Random(1));
  private final SimulatedNetwork network = SimulatedNetwork.start(ProbeLimits.DEFAULT);
  private final AgentRuntime runtime = AgentRuntime.start();
  private final TestServer server = TestServer.start();
  private final BlockingQueue<AgentListener.Applied> applied = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> refused = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> disconnected = new LinkedBlockingQueue<>();
  private final List<EdgeAgent> agents = new ArrayList<>();

  @AfterEach
  void stop() {
    agents.forEach(EdgeAgent::close);
    runtime.close();
    network.close();
    server.close();
  }

  @Test
  void provesItselfAppliesAndAcknowledges() throws Exception {
    startAgent(DENVER);
    Hello hello = server.next(DENVER, Hello.class);
    assertThat(isProven(controller, DENVER, hello)).isTrue();
    assertThat(hello.have()).isEmpty();

    Config joining = join(DENVER, "n1");
    server.send(DENVER, joining);
    assertThat(server.next(DENVER, Ack.class)).isEqualTo(new Ack("n1", GROUP, joining.revision()));

    TestController.Ends link = controller.link(DENVER, OMAHA);
    server.send(DENVER, set(link, DENVER, "n2"));
    assertThat(server.next(DENVER, Ack.class)).isEqualTo(new Ack("n2", GROUP, link.revision()));
    assertThat(applied)
        .extracting(AgentListener.Applied::set)
        .containsExactly(List.of(), List.of(link.link()));
  }

  @Test
  void bothEndsReportTheTunnelsUpAndTheOneLeftReportsThemDown() throws Exception {
    for (EdgeId edge : List.of(DENVER, OMAHA)) {
      startAgent(edge);
      server.next(edge, Hello.class);
      server.send(edge, join(edge, "n1"));
      server.next(edge, Ack.class);
    }
    TestController.Ends link = controller.link(DENVER, OMAHA);
    server.send(DENVER, set(link, DENVER, "n2"));
    server.send(OMAHA, set(link, OMAHA, "n2"));

    awaitStates(DENVER, TunnelState.UP, TunnelState.UP);
    awaitStates(OMAHA, TunnelState.UP, TunnelState.UP);

    server.send(OMAHA, remove(controller.elsewhere(), link.link()));
    awaitStates(OMAHA);
    network.probeAll();
    awaitStates(DENVER, TunnelState.DOWN, TunnelState.DOWN);
  }

  @Test
  void refusesWithTheReasonAndStaysConnected() throws Exception {
    startAgent(DENVER);
    server.next(DENVER, Hello.class);
    server.send(DENVER, join(DENVER, "n1"));
    server.next(DENVER, Ack.class);
    LinkUpdate good = controller.link(DENVER, OMAHA).at(DENVER);
    LinkUpdate forged =
        new LinkUpdate(
            good.link(),
            good.revision(),
            new SignedDocument(good.document().document(), good.document().keyId(), new byte[64]),
            good.secrets());

    server.send(DENVER, config(good.revision(), "n2", forged));
    Nack nack = server.next(DENVER, Nack.class);
    server.send(DENVER, config(good.revision(), "n3", good));

    assertThat(nack)
        .isEqualTo(
            new Nack(
                "n2", GROUP, good.revision(), "the signature of " + good.link() + " is wrong"));
    assertThat(refused).containsExactly(nack.error());
    assertThat(server.next(DENVER, Ack.class).nonce()).isEqualTo("n3");
  }

  @Test
  void comesBackAndSaysWhatItHas() throws Exception {
    startAgent(DENVER);
    TestController.Ends link = joinAndLink();

    server.disconnect(DENVER, 1001);
    Hello afterClose = server.next(DENVER, Hello.class);

    assertThat(afterClose.have().get(GROUP).revision()).isEqualTo(link.revision());
    assertThat(afterClose.have().get(GROUP).links())
        .isEqualTo(Map.of(link.link(), link.revision()));
    assertThat(disconnected.poll(20, TimeUnit.SECONDS)).contains("1001");
  }

  @Test
  void comesBackToAServerThatWasGone() throws Exception {
    int port;
    try (TestServer first = TestServer.start()) {
      port = first.port();
      startAgent(DENVER, first.uri(), network.driver(DENVER, controller.keysOf(DENVER)));
      first.next(DENVER, Hello.class);
    }
    assertThat(disconnected.poll(20, TimeUnit.SECONDS)).isNotNull();
    try (TestServer second = TestServer.startAt(port)) {
      second.next(DENVER, Hello.class);
    }
  }

  @Test
  void resumesFromDiskWithoutTheServer() throws Exception {
    EdgeAgent first = startAgent(DENVER);
    startAgent(OMAHA);
    TestController.Ends link = joinAndLink();
    server.next(OMAHA, Hello.class);
    server.send(OMAHA, join(OMAHA, "n1"));
    server.send(OMAHA, config(controller.elsewhere(), "n2", link.at(OMAHA)));
    first.close();

    startAgent(DENVER);
    Hello hello = server.next(DENVER, Hello.class);

    assertThat(hello.have().get(GROUP).links()).containsOnlyKeys(link.link());
    awaitStates(DENVER, TunnelState.UP, TunnelState.UP);
  }

  @Test
  void changesKeysStepByStepAndSaysHowFarItIs() throws Exception {
    EdgeAgent first = startAgent(DENVER);
    TestController.Ends before = joinAndLink();
    TestController.Ends after = controller.link(DENVER, OMAHA);
    server.send(DENVER, set(after, DENVER, "n3"));
    assertThat(server.next(DENVER, Ack.class).sending())
        .isEqualTo(Map.of(after.link(), before.revision()));

    first.close();
    startAgent(DENVER);
    Hello hello = server.next(DENVER, Hello.class);
    assertThat(hello.have().get(GROUP).links()).isEqualTo(Map.of(after.link(), after.revision()));
    assertThat(hello.have().get(GROUP).sending())
        .isEqualTo(Map.of(after.link(), before.revision()));

    server.send(DENVER, changeOver(after, before, after));
    awaitKeyChanges(DENVER, new KeyChange(after.link(), after.revision(), after.revision()));
    server.send(DENVER, changeOver(after, after, before));
    server.send(DENVER, changeOver(after, before, after));
    awaitKeyChanges(DENVER);
  }

  /** Steps of other revisions than the link's are passed over. */
  private static ChangeOver changeOver(
      TestController.Ends link, TestController.Ends retire, TestController.Ends switchOver) {
    return new ChangeOver(
        GROUP,
        new TreeMap<>(Map.of(link.link(), switchOver.revision())),
        new TreeMap<>(Map.of(link.link(), retire.revision())));
  }

  private void awaitKeyChanges(EdgeId edge, KeyChange... changes) throws InterruptedException {
    while (!nextStatus(edge).keyChanges().equals(List.of(changes))) {
      // Reported while it was still under way.
    }
  }

  @Test
  void putsPartsOfAMessageTogether() throws Exception {
    startAgent(DENVER);
    server.next(DENVER, Hello.class);

    server.sendInParts(DENVER, join(DENVER, "n1"), 7);

    assertThat(server.next(DENVER, Ack.class).nonce()).isEqualTo("n1");
  }

  @Test
  void breaksOffOnWhatIsNoMessageAndComesBack() throws Exception {
    startAgent(DENVER);
    server.next(DENVER, Hello.class);

    server.sendText(DENVER, "{\"type\":\"nonsense\"}");

    assertThat(server.nextClose()).isEqualTo(EdgeConnection.CLOSE_PROTOCOL_ERROR + " denver");
    assertThat(disconnected.poll(20, TimeUnit.SECONDS)).contains("protocol error");
    server.next(DENVER, Hello.class);
  }

  @Test
  void givesUpOnAServerThatDoesNotGreet() throws Exception {
    server.fallSilent();
    AgentTimings impatient =
        new AgentTimings(
            QUICK.reconnect(),
            QUICK.stableAfter(),
            Duration.ofMillis(200),
            QUICK.silenceLimit(),
            QUICK.statusDelay(),
            QUICK.statusInterval());
    agents.add(
        EdgeAgent.start(
            new AgentConfig(
                server.uri(),
                DENVER,
                controller.keysOf(DENVER),
                controller.key().publicKey(),
                directory.resolve("denver"),
                impatient),
            network.driver(DENVER, controller.keysOf(DENVER)),
            listener(),
            runtime));

    assertThat(disconnected.poll(20, TimeUnit.SECONDS)).contains("no challenge within");
  }

  @Test
  void whatTheDriverRefusesIsNotAcknowledgedAndNotKept() throws Exception {
    RefusingDriver driver = new RefusingDriver();
    EdgeAgent first = startAgent(DENVER, server.uri(), driver);
    server.next(DENVER, Hello.class);
    server.send(DENVER, join(DENVER, "n1"));
    server.next(DENVER, Ack.class);
    TestController.Ends link = controller.link(DENVER, OMAHA);
    driver.reason = Optional.of("no such device");

    server.send(DENVER, set(link, DENVER, "n2"));
    assertThat(server.next(DENVER, Nack.class).error()).isEqualTo("no such device");

    first.close();
    startAgent(DENVER, server.uri(), new RefusingDriver());
    assertThat(server.next(DENVER, Hello.class).have().get(GROUP).links()).isEmpty();
  }

  @Test
  void hundredsOfAgentsShareOneRuntime() throws Exception {
    int count = 200;
    for (int i = 0; i < count; i++) {
      startAgent(new EdgeId("edge-" + i));
    }
    for (int i = 0; i < count; i++) {
      EdgeId edge = new EdgeId("edge-" + i);
      server.next(edge, Hello.class);
      server.send(edge, join(edge, "n1"));
    }
    for (int i = 0; i < count; i++) {
      server.next(new EdgeId("edge-" + i), Ack.class);
    }

    assertThat(applied).hasSize(count);
    assertThat(Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive).count())
        .as("platform threads")
        .isLessThan(count);
  }

  /** Takes everything until it is told not to. */
  private static final class RefusingDriver implements TunnelDriver {
    private volatile Optional<String> reason = Optional.empty();

    @Override
    public void start(Consumer<GroupId> stateChanged) {}

    @Override
    public ApplyResult apply(TunnelPlan plan) {
      return reason.<ApplyResult>map(ApplyResult.Failed::new).orElseGet(ApplyResult.Applied::new);
    }

    @Override
    public List<TunnelStatus> states(GroupId group) {
      return List.of();
    }

    @Override
    public void close() {}
  }

  private EdgeAgent startAgent(EdgeId edge) {
    return startAgent(edge, server.uri(), network.driver(edge, controller.keysOf(edge)));
  }

  private EdgeAgent startAgent(EdgeId edge, URI uri, TunnelDriver driver) {
    AgentConfig config =
        new AgentConfig(
            uri,
            edge,
            controller.keysOf(edge),
            controller.key().publicKey(),
            directory.resolve(edge.value()),
            QUICK);
    EdgeAgent agent = EdgeAgent.start(config, driver, listener(), runtime);
    agents.add(agent);
    return agent;
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
    };
  }

  private TestController.Ends joinAndLink() throws InterruptedException {
    server.next(DENVER, Hello.class);
    server.send(DENVER, join(DENVER, "n1"));
    server.next(DENVER, Ack.class);
    TestController.Ends link = controller.link(DENVER, OMAHA);
    server.send(DENVER, set(link, DENVER, "n2"));
    server.next(DENVER, Ack.class);
    return link;
  }

  private void awaitStates(EdgeId edge, TunnelState... states) throws InterruptedException {
    List<TunnelState> reported;
    do {
      reported = nextStates(edge);
    } while (!reported.equals(List.of(states)));
  }

  private List<TunnelState> nextStates(EdgeId edge) throws InterruptedException {
    return nextStatus(edge).tunnels().stream().map(TunnelStatus::state).toList();
  }

  private Status nextStatus(EdgeId edge) throws InterruptedException {
    while (true) {
      if (server.next(edge, EdgeMessage.class) instanceof Status status) {
        return status;
      }
    }
  }

  private Config join(EdgeId edge, String nonce) {
    SignedDocument membership = controller.membership(edge);
    return new Config(
        GROUP, nonce, controller.revision(), true, Optional.of(membership), List.of(), List.of());
  }

  private static Config set(TestController.Ends link, EdgeId edge, String nonce) {
    return config(link.revision(), nonce, link.at(edge));
  }

  private static Config config(long revision, String nonce, LinkUpdate update) {
    return new Config(GROUP, nonce, revision, false, Optional.empty(), List.of(update), List.of());
  }

  private static Config remove(long revision, LinkId link) {
    return new Config(GROUP, "gone", revision, false, Optional.empty(), List.of(), List.of(link));
  }
}
