package io.linkwright.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.domain.link.LinkProblem;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.edgeprotocol.EdgeMessage.Ack;
import io.linkwright.edgeprotocol.EdgeMessage.Hello;
import io.linkwright.edgeprotocol.EdgeMessage.Status;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps an accepted link from working is told to the server and to whoever watches. */
final class LinkProblemsTest {
  private static final GroupId GROUP = new GroupId("backbone");
  private static final EdgeId DENVER = new EdgeId("denver");
  private static final LinkProblem PROBLEM =
      new LinkProblem(LinkId.parse("denver~omaha"), "endpoint x.example does not resolve");

  @TempDir private Path directory;

  private final TestController controller =
      new TestController(GROUP, TunnelProtocol.WIREGUARD, 1, new Random(1));
  private final BlockingQueue<List<LinkProblem>> told = new LinkedBlockingQueue<>();

  @Test
  void aProblemIsAcknowledgedReportedAndToldOnceUntilItIsOver() throws Exception {
    TroubledDriver driver = new TroubledDriver();
    try (TestServer server = TestServer.start();
        AgentRuntime runtime = AgentRuntime.start();
        EdgeAgent _ = EdgeAgent.start(config(server), driver, listener(), runtime)) {
      server.next(DENVER, Hello.class);
      driver.problems = List.of(PROBLEM);
      server.send(DENVER, join());
      Ack ack = server.next(DENVER, Ack.class);
      Status troubled = server.next(DENVER, Status.class);
      driver.stateChanged.accept(GROUP);
      driver.problems = List.of();
      driver.stateChanged.accept(GROUP);
      Status over = server.next(DENVER, Status.class);

      assertThat(ack.nonce()).isEqualTo("n1");
      assertThat(troubled.problems()).containsExactly(PROBLEM);
      assertThat(over.problems()).isEmpty();
      assertThat(told.poll(20, TimeUnit.SECONDS)).containsExactly(PROBLEM);
      assertThat(told.poll(20, TimeUnit.SECONDS)).isEmpty();
      assertThat(told).isEmpty();
    }
  }

  private Config join() {
    SignedDocument membership = controller.membership(DENVER);
    return new Config(
        GROUP, "n1", controller.revision(), true, Optional.of(membership), List.of(), List.of());
  }

  private AgentConfig config(TestServer server) {
    return new AgentConfig(
        server.uri(),
        DENVER,
        controller.keysOf(DENVER),
        controller.key().publicKey(),
        directory,
        AgentTimings.DEFAULT);
  }

  private AgentListener listener() {
    return new AgentListener() {
      @Override
      public void troubled(EdgeId edge, GroupId group, List<LinkProblem> problems) {
        told.add(new ArrayList<>(problems));
      }
    };
  }

  /** Takes everything, and has the problems it is given. */
  private static final class TroubledDriver implements TunnelDriver {
    private volatile List<LinkProblem> problems = List.of();
    private volatile Consumer<GroupId> stateChanged;

    @Override
    public void start(Consumer<GroupId> changed) {
      stateChanged = changed;
    }

    @Override
    public ApplyResult apply(TunnelPlan plan) {
      return new ApplyResult.Applied();
    }

    @Override
    public List<TunnelStatus> states(GroupId group) {
      return List.of();
    }

    @Override
    public List<LinkProblem> problems(GroupId group) {
      return problems;
    }

    @Override
    public void close() {}
  }
}
