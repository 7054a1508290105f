package io.linkwright.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.agent.tunnel.WornKeys;
import io.linkwright.domain.group.Limits;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelStatus;
import io.linkwright.edgeprotocol.EdgeMessage.Ack;
import io.linkwright.edgeprotocol.EdgeMessage.Hello;
import io.linkwright.edgeprotocol.KeyRenewal;
import io.linkwright.edgeprotocol.RenewalReason;
import io.linkwright.edgeprotocol.ServerMessage.Config;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver says which keys are worn, and the agent asks the server for others. */
final class KeyRenewalsTest {
  private static final GroupId GROUP = new GroupId("backbone");
  private static final EdgeId DENVER = new EdgeId("denver");
  private static final Pattern LINK = Pattern.compile("\"link\":");
  private static final int NO_ROOM = 503;
  private static final int GOING_AWAY = 1001;

  private static final AgentTimings QUICK =
      new AgentTimings(
          new Backoff(Duration.ofMillis(10), Duration.ofMillis(100)),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofMillis(20),
          Duration.ofMinutes(10));

  @TempDir private Path directory;

  private final TestController controller =
      new TestController(GROUP, TunnelProtocol.IPSEC, 1, new Random(1));
  private final AgentRuntime runtime = AgentRuntime.start();
  private final TestServer server = TestServer.start();
  private final WearingDriver driver = new WearingDriver();
  private EdgeAgent agent;

  @BeforeEach
  void join() throws Exception {
    agent =
        EdgeAgent.start(
            new AgentConfig(
                server.uri(),
                DENVER,
                controller.keysOf(DENVER),
                controller.key().publicKey(),
                directory,
                QUICK),
            driver,
            AgentListener.NONE,
            runtime);
    server.next(DENVER, Hello.class);
    SignedDocument membership = controller.membership(DENVER);
    server.send(
        DENVER,
        new Config(
            GROUP,
            "n1",
            controller.revision(),
            true,
            Optional.of(membership),
            List.of(),
            List.of()));
    server.next(DENVER, Ack.class);
  }

  @AfterEach
  void stop() {
    agent.close();
    runtime.close();
    server.close();
  }

  @Test
  void asksOnceInTheEdgesNameForWhatIsWorn() throws Exception {
    driver.wear(worn(1, RenewalReason.LIMIT));
    driver.wear(worn(1, RenewalReason.LIMIT));

    KeyRenewal renewal =
        new KeyRenewal(GROUP, DENVER, RenewalReason.LIMIT, new TreeMap<>(Map.of(link(1), 7)));
    assertThat(server.nextRenewal())
        .isEqualTo(
            new String(
                renewal.body(
                    controller.keysOf(DENVER).publicKeys().identity(),
                    controller.keysOf(DENVER).sign(renewal)),
                StandardCharsets.UTF_8));
    driver.wear(worn(2, RenewalReason.LIMIT));
    assertThat(server.nextRenewal()).contains(link(2).toString()).doesNotContain(link(1) + "\"");
    assertThat(server.renewalsLeft()).isZero();
  }

  @Test
  void asksForManyInBites() throws Exception {
    int links = 2 * Limits.MAX_RENEWED_LINKS + 1;
    driver.wear(
        IntStream.range(0, links)
            .mapToObj(number -> worn(number, RenewalReason.BOOT))
            .toArray(WornKeys[]::new));

    assertThat(linksIn(server.nextRenewal())).isEqualTo(Limits.MAX_RENEWED_LINKS);
    assertThat(linksIn(server.nextRenewal())).isEqualTo(Limits.MAX_RENEWED_LINKS);
    assertThat(linksIn(server.nextRenewal())).isEqualTo(1);
  }

  @Test
  void asksAgainWhenItIsConnectedAnewAndNotInBetween() throws Exception {
    server.answerRenewals(NO_ROOM);
    driver.wear(worn(1, RenewalReason.BOOT));
    String first = server.nextRenewal();
    driver.wear(worn(1, RenewalReason.BOOT));
    server.answerRenewals(200);

    server.disconnect(DENVER, GOING_AWAY);
    server.next(DENVER, Hello.class);

    assertThat(server.nextRenewal()).isEqualTo(first);
    assertThat(server.renewalsLeft()).isZero();
  }

  private static long linksIn(String body) {
    return LINK.matcher(body).results().count();
  }

  private static LinkId link(int number) {
    return LinkId.between(DENVER, new EdgeId("peer-%04d".formatted(number)));
  }

  private static WornKeys worn(int number, RenewalReason reason) {
    return new WornKeys(link(number), 7, reason);
  }

  /** Runs nothing, and says of keys what it is told to say. */
  private static final class WearingDriver implements TunnelDriver {
    private volatile Consumer<GroupId> changed = _ -> {};
    private volatile List<WornKeys> worn = List.of();

    void wear(WornKeys... keys) {
      worn = List.of(keys);
      changed.accept(GROUP);
    }

    @Override
    public void start(Consumer<GroupId> stateChanged) {
      changed = stateChanged;
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
    public List<WornKeys> wornKeys(GroupId group) {
      return worn;
    }

    @Override
    public void close() {
      changed = _ -> {};
    }
  }
}
