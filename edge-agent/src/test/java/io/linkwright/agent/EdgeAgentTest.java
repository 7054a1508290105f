package io.linkwright.agent;

import static io.linkwright.agent.TestAgents.DENVER;
import static io.linkwright.agent.TestAgents.GROUP;
import static io.linkwright.agent.TestAgents.OMAHA;
import static io.linkwright.agent.TestAgents.QUICK;
import static io.linkwright.agent.TestAgents.config;
import static io.linkwright.agent.TestAgents.remove;
import static io.linkwright.agent.TestAgents.set;
import static io.linkwright.agent.TestServer.isProven;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.edgeprotocol.EdgeMessage.Ack;
import io.linkwright.edgeprotocol.EdgeMessage.Hello;
import io.linkwright.edgeprotocol.EdgeMessage.Nack;
import io.linkwright.edgeprotocol.LinkUpdate;
import io.linkwright.edgeprotocol.ServerMessage.ChangeOver;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent makes of the configurations it is sent, and what it says of them. */
final class EdgeAgentTest {
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
  void provesItselfAppliesAndAcknowledges() throws Exception {
    agents.start(DENVER);
    Hello hello = server.next(DENVER, Hello.class);
    assertThat(isProven(controller, DENVER, hello)).isTrue();
    assertThat(hello.have()).isEmpty();

    Config joining = agents.join(DENVER, "n1");
    server.send(DENVER, joining);
    assertThat(server.next(DENVER, Ack.class)).isEqualTo(new Ack("n1", GROUP, joining.revision()));

    TestController.Ends link = controller.link(DENVER, OMAHA);
    server.send(DENVER, set(link, DENVER, "n2"));
    assertThat(server.next(DENVER, Ack.class)).isEqualTo(new Ack("n2", GROUP, link.revision()));
    assertThat(agents.applied())
        .extracting(AgentListener.Applied::set)
        .containsExactly(List.of(), List.of(link.link()));
  }

  @Test
  void bothEndsReportTheTunnelsUpAndTheOneLeftReportsThemDown() throws Exception {
    for (EdgeId edge : List.of(DENVER, OMAHA)) {
      agents.start(edge);
      server.next(edge, Hello.class);
      server.send(edge, agents.join(edge, "n1"));
      server.next(edge, Ack.class);
    }
    TestController.Ends link = controller.link(DENVER, OMAHA);
    server.send(DENVER, set(link, DENVER, "n2"));
    server.send(OMAHA, set(link, OMAHA, "n2"));

    agents.awaitStates(DENVER, TunnelState.UP, TunnelState.UP);
    agents.awaitStates(OMAHA, TunnelState.UP, TunnelState.UP);

    server.send(OMAHA, remove(controller.elsewhere(), link.link()));
    agents.awaitStates(OMAHA);
    agents.network().probeAll();
    agents.awaitStates(DENVER, TunnelState.DOWN, TunnelState.DOWN);
  }

  @Test
  void refusesWithTheReasonAndStaysConnected() throws Exception {
    agents.start(DENVER);
    server.next(DENVER, Hello.class);
    server.send(DENVER, agents.join(DENVER, "n1"));
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
    assertThat(agents.refused()).containsExactly(nack.error());
    assertThat(server.next(DENVER, Ack.class).nonce()).isEqualTo("n3");
  }

  @Test
  void changesKeysStepByStepAndSaysHowFarItIs() throws Exception {
    EdgeAgent first = agents.start(DENVER);
    TestController.Ends before = agents.joinAndLink();
    TestController.Ends after = controller.link(DENVER, OMAHA);
    server.send(DENVER, set(after, DENVER, "n3"));
    assertThat(server.next(DENVER, Ack.class).sending())
        .isEqualTo(Map.of(after.link(), before.revision()));

    first.close();
    agents.start(DENVER);
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
    while (!agents.nextStatus(edge).keyChanges().equals(List.of(changes))) {
      // Reported while it was still under way.
    }
  }

  @Test
  void whatTheDriverRefusesIsNotAcknowledgedAndNotKept() throws Exception {
    RefusingDriver driver = new RefusingDriver();
    EdgeAgent first = agents.start(DENVER, server.uri(), driver, QUICK);
    server.next(DENVER, Hello.class);
    server.send(DENVER, agents.join(DENVER, "n1"));
    server.next(DENVER, Ack.class);
    TestController.Ends link = controller.link(DENVER, OMAHA);
    driver.reason = Optional.of("no such device");

    server.send(DENVER, set(link, DENVER, "n2"));
    assertThat(server.next(DENVER, Nack.class).error()).isEqualTo("no such device");

    first.close();
    agents.start(DENVER, server.uri(), new RefusingDriver(), QUICK);
    assertThat(server.next(DENVER, Hello.class).have().get(GROUP).links()).isEmpty();
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
}
