package io.linkwright.agent;

import static io.linkwright.agent.TestAgents.DENVER;
import static io.linkwright.agent.TestAgents.OMAHA;
import static io.linkwright.agent.TestAgents.QUICK;
import static io.linkwright.agent.TestAgents.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.edgeprotocol.EdgeMessage;
import io.linkwright.edgeprotocol.EdgeMessage.Ack;
import io.linkwright.edgeprotocol.EdgeMessage.Hello;
import io.linkwright.edgeprotocol.EdgeMessage.Nack;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent in which something breaks begins anew, or says that it cannot go on: never deaf. */
final class AgentFaultsTest {
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
  void aBugWhileAConfigurationIsAppliedEndsTheConnectionAndNotTheAgent() throws Exception {
    BreakingDriver driver = new BreakingDriver();
    joinedWith(driver);
    driver.onApply =
        () -> {
          throw new IllegalStateException("a bug of the driver");
        };
    TestController.Ends link = controller.link(DENVER, OMAHA);
    server.send(DENVER, set(link, DENVER, "n2"));
    Hello again = server.next(DENVER, Hello.class);
    driver.onApply = () -> {};
    server.send(DENVER, set(link, DENVER, "n3"));

    assertThat(again.have().get(TestAgents.GROUP).links()).isEmpty();
    assertThat(server.next(DENVER, Ack.class).nonce()).isEqualTo("n3");
  }

  @Test
  void anErrorEndsTheAgentAndItsOwnerIsTold() throws Exception {
    BreakingDriver driver = new BreakingDriver();
    EdgeAgent broken = joinedWith(driver);
    driver.onApply =
        () -> {
          throw new OutOfMemoryError("test");
        };
    server.send(DENVER, set(controller.link(DENVER, OMAHA), DENVER, "n2"));

    assertThat(agents.nextBroken()).isInstanceOf(OutOfMemoryError.class);
    assertThat(server.nextClose()).contains("denver");
    driver.awaitClosed();
    broken.close();
    agents.start(DENVER);
    server.next(DENVER, Hello.class);
  }

  @Test
  void anAgentThatCannotBeginSaysSo() throws Exception {
    BreakingDriver driver = new BreakingDriver();
    driver.onStart =
        () -> {
          throw new IllegalStateException("no such kernel");
        };

    agents.start(DENVER, server.uri(), driver, QUICK);

    assertThat(agents.nextBroken()).hasMessage("no such kernel");
    driver.awaitClosed();
  }

  @Test
  void anAgentThatMakesNoProgressSaysSo() throws Exception {
    BreakingDriver driver = new BreakingDriver();
    CountDownLatch never = new CountDownLatch(1);
    agents.start(
        DENVER,
        server.uri(),
        driver,
        TestAgents.withInterval(Duration.ofMillis(20), Duration.ofSeconds(60)));
    server.next(DENVER, Hello.class);
    driver.onApply =
        () -> {
          try {
            never.await();
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
        };
    server.send(DENVER, agents.join(DENVER, "n1"));

    assertThat(agents.nextBroken()).hasMessageContaining("no progress");
    never.countDown();
  }

  @Test
  void aPartThatDoesNotCloseDoesNotKeepTheOthersOpen() throws Exception {
    BreakingDriver driver = new BreakingDriver();
    EdgeAgent agent = joinedWith(driver);
    driver.onClose =
        () -> {
          throw new IllegalStateException("will not close");
        };

    agent.close();

    assertThat(server.nextClose()).contains("denver");
    agents.start(DENVER);
    assertThat(server.next(DENVER, Hello.class).have()).containsKey(TestAgents.GROUP);
  }

  /** A real file system without room; mounting one needs root. */
  @Test
  void aFullDiskRefusesConfigurationInPlainWordsAndIsGotOverWithoutARestart() throws Exception {
    Path disk = Files.createDirectory(directory.resolve(DENVER.value()));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "linkwright-test", disk.toString())
            == 0,
        "mounting a small file system needs root");
    try {
      EdgeAgent agent = joinedWith(agents.simulated(DENVER));
      Path filler = disk.resolve("filler");
      fill(filler);
      TestController.Ends link = controller.link(DENVER, OMAHA);
      server.send(DENVER, set(link, DENVER, "full"));
      while (answer() instanceof Ack) {
        link = controller.link(DENVER, OMAHA);
        server.send(DENVER, set(link, DENVER, "full"));
      }
      assertThat(agents.refused().getLast()).contains("cannot be kept on disk", "space");

      Files.delete(filler);
      server.send(DENVER, set(link, DENVER, "room"));

      assertThat(server.next(DENVER, Ack.class).nonce()).isEqualTo("room");
      agent.close();
    } finally {
      int _ = run("umount", disk.toString());
    }
  }

  private EdgeMessage answer() throws InterruptedException {
    while (true) {
      EdgeMessage message = server.next(DENVER, EdgeMessage.class);
      if (message instanceof Ack || message instanceof Nack) {
        return message;
      }
    }
  }

  private static void fill(Path file) {
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(new byte[512]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("space");
    }
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor();
  }

  private EdgeAgent joinedWith(TunnelDriver driver) throws InterruptedException {
    EdgeAgent agent = agents.start(DENVER, server.uri(), driver, QUICK);
    server.next(DENVER, Hello.class);
    server.send(DENVER, agents.join(DENVER, "n1"));
    server.next(DENVER, Ack.class);
    return agent;
  }

  /** Does what it is told instead of what a driver does. */
  private static final class BreakingDriver implements TunnelDriver {
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Runnable onStart = () -> {};
    private volatile Runnable onApply = () -> {};
    private volatile Runnable onClose = () -> {};

    @Override
    public void start(Consumer<GroupId> stateChanged) {
      onStart.run();
    }

    @Override
    public ApplyResult apply(TunnelPlan plan) {
      onApply.run();
      return new ApplyResult.Applied();
    }

    @Override
    public List<TunnelStatus> states(GroupId group) {
      return List.of();
    }

    void awaitClosed() throws InterruptedException {
      closed.await();
    }

    @Override
    public void close() {
      closed.countDown();
      onClose.run();
    }
  }
}
