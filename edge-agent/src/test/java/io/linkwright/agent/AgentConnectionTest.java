package io.linkwright.agent;

import static io.linkwright.agent.TestAgents.DENVER;
import static io.linkwright.agent.TestAgents.GROUP;
import static io.linkwright.agent.TestAgents.OMAHA;
import static io.linkwright.agent.TestAgents.QUICK;
import static io.linkwright.agent.TestAgents.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.edgeprotocol.EdgeConnection;
import io.linkwright.edgeprotocol.EdgeMessage.Ack;
import io.linkwright.edgeprotocol.EdgeMessage.Hello;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an agent connects, comes back, and what of a server it does not put up with. */
final class AgentConnectionTest {
  @TempDir private Path directory;
  private TestAgents agents;
  private TestController controller;
  private TestServer server;

  @BeforeEach
  void start() {
    agents = new TestAgents(directory);
    controller = agents.controller();
    server = agents.server();
  }

  @AfterEach
  void stop() {
    agents.close();
  }

  @Test
  void comesBackAndSaysWhatItHas() throws Exception {
    agents.start(DENVER);
    TestController.Ends link = agents.joinAndLink();

    server.disconnect(DENVER, 1001);
    Hello afterClose = server.next(DENVER, Hello.class);

    assertThat(afterClose.have().get(GROUP).revision()).isEqualTo(link.revision());
    assertThat(afterClose.have().get(GROUP).links())
        .isEqualTo(Map.of(link.link(), link.revision()));
    assertThat(agents.nextDisconnection()).contains("1001");
  }

  @Test
  void comesBackToAServerThatWasGone() throws Exception {
    int port;
    try (TestServer first = TestServer.start()) {
      port = first.port();
      agents.start(
          DENVER,
          first.uri(),
          agents.simulated(DENVER),
          TestAgents.withInterval(Duration.ofMillis(100), Duration.ofSeconds(5)));
      first.next(DENVER, Hello.class);
    }
    assertThat(agents.nextDisconnection()).isNotNull();
    try (TestServer second = TestServer.startAt(port)) {
      second.next(DENVER, Hello.class);
    }
  }

  @Test
  void resumesFromDiskWithoutTheServer() throws Exception {
    EdgeAgent first = agents.start(DENVER);
    agents.start(OMAHA);
    TestController.Ends link = agents.joinAndLink();
    server.next(OMAHA, Hello.class);
    server.send(OMAHA, agents.join(OMAHA, "n1"));
    server.send(OMAHA, config(controller.elsewhere(), "n2", link.at(OMAHA)));
    first.close();

    agents.start(DENVER);
    Hello hello = server.next(DENVER, Hello.class);

    assertThat(hello.have().get(GROUP).links()).containsOnlyKeys(link.link());
    agents.awaitStates(DENVER, TunnelState.UP, TunnelState.UP);
  }

  @Test
  void putsPartsOfAMessageTogether() throws Exception {
    agents.start(DENVER);
    server.next(DENVER, Hello.class);

    server.sendInParts(DENVER, agents.join(DENVER, "n1"), 7);

    assertThat(server.next(DENVER, Ack.class).nonce()).isEqualTo("n1");
  }

  @Test
  void breaksOffOnWhatIsNoMessageAndComesBack() throws Exception {
    agents.start(DENVER);
    server.next(DENVER, Hello.class);

    server.sendText(DENVER, "{\"type\":\"nonsense\"}");

    assertThat(server.nextClose()).isEqualTo(EdgeConnection.CLOSE_PROTOCOL_ERROR + " denver");
    assertThat(agents.nextDisconnection()).contains("protocol error");
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
    agents.start(DENVER, server.uri(), agents.simulated(DENVER), impatient);

    assertThat(agents.nextDisconnection()).contains("no challenge within");
  }

  @Test
  void givesUpOnAServerThatIsSilentAfterItsGreetingAndComesBack() throws Exception {
    try (SilentServer silent = new SilentServer()) {
      agents.start(DENVER, silent.uri(), agents.simulated(DENVER), impatientWithSilence());

      assertThat(agents.nextDisconnection()).contains("nothing heard within");
      assertThat(agents.nextDisconnection()).contains("nothing heard within");
    }
  }

  /** A quiet server, or an agent that was starved and has heard nothing, is no reason to leave. */
  @Test
  void staysWithAServerThatAnswersWhenItIsAsked() throws Exception {
    agents.start(DENVER, server.uri(), agents.simulated(DENVER), impatientWithSilence());
    server.next(DENVER, Hello.class);

    Thread.sleep(2_500);
    server.send(DENVER, agents.join(DENVER, "n1"));

    assertThat(server.next(DENVER, Ack.class).nonce()).isEqualTo("n1");
  }

  private static AgentTimings impatientWithSilence() {
    return TestAgents.withInterval(Duration.ofMillis(100), Duration.ofMillis(300));
  }

  @Test
  void saysInPlainTextWhatTheServerClosedWith() throws Exception {
    agents.start(DENVER);
    server.next(DENVER, Hello.class);

    server.disconnect(DENVER, 4409, "other\r\n2026 forged \u202eline");

    assertThat(agents.nextDisconnection())
        .contains("4409 other\ufffd\ufffd2026 forged \ufffdline", "its keys were copied");
    server.next(DENVER, Hello.class);
  }

  @Test
  void hundredsOfAgentsShareOneRuntime() throws Exception {
    int count = 200;
    for (int i = 0; i < count; i++) {
      agents.start(new EdgeId("edge-" + i));
    }
    for (int i = 0; i < count; i++) {
      EdgeId edge = new EdgeId("edge-" + i);
      server.next(edge, Hello.class);
      server.send(edge, agents.join(edge, "n1"));
    }
    for (int i = 0; i < count; i++) {
      server.next(new EdgeId("edge-" + i), Ack.class);
    }

    assertThat(agents.applied()).hasSize(count);
    assertThat(Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive).count())
        .as("platform threads")
        .isLessThan(count);
  }
}
