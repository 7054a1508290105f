package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.agent.driver.DriverSettings;
import io.linkwright.agent.driver.Drivers;
import io.linkwright.agent.driver.KernelDriver;
import io.linkwright.agent.tunnel.ApplyResult;
import io.linkwright.agent.tunnel.TunnelPlan;
import io.linkwright.agent.tunnel.TunnelPlan.PeerLink;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Packets through real IPsec tunnels between two edges, over the life of a link: made, rekeyed
 * under a running ping, removed. What the two drivers would run is run in a User Mode Linux, once
 * with each algorithm.
 */
@Tag("kernel")
@ParameterizedClass
@EnumSource(SaAlgorithm.class)
final class IpsecTunnelTest {
  private static final String SCRIPT = "ipsec-in-uml.sh";
  private static final int A = 0;
  private static final int B = 1;
  private static final int TUNNELS = 2;
  private static final Pattern CARRIED =
      Pattern.compile(
          "spi 0x([0-9a-f]{8}).*?lifetime current:\\s+(\\d+)\\(bytes\\)", Pattern.DOTALL);

  @TempDir private static Path directory;
  private static Map<String, String> seen;

  @Parameter private SaAlgorithm algorithm;

  @BeforeParameterizedClassInvocation
  static void runTheLifeOfALink(SaAlgorithm algorithm) throws Exception {
    RealTunnels.require("linux.uml", "cc", "ip", "ping", "tcpdump", "modprobe");
    Path scripts = Files.createDirectory(directory.resolve(algorithm.label()));
    Edges edges = new Edges(algorithm, scripts);
    edges.setNewKeys(1);
    edges.endStage("link");
    edges.setNewKeys(2);
    edges.endStage("renew");
    LinkId link = edges.fixture.link(A, B);
    edges.apply(plan(List.of(), List.of(link), List.of()));
    edges.endStage("switch");
    edges.apply(plan(List.of(), List.of(), List.of(link)));
    edges.endStage("retire");
    edges.apply(plan(List.of(link), List.of(), List.of()));
    edges.endStage("remove");
    seen = UserModeLinux.boot(SCRIPT, scripts);
    assertThat(seen).describedAs("%s", seen).containsKey("end");
  }

  @Test
  void packetsPassOnlyWhileThereIsALink() {
    assertThat(seen.get("unlinked")).isEqualTo("no\n");
    assertThat(seen.get("linked-lan")).isEqualTo("yes\n");
    assertThat(seen.get("linked-secondary")).isEqualTo("yes\n");
    assertThat(seen.get("removed")).isEqualTo("no\n");
  }

  @Test
  void theAssociationsOfTheLinkCarryThem() {
    String state = seen.get("linked-state");

    assertThat(state)
        .contains(
            switch (algorithm) {
              case AES_CBC_256_HMAC_SHA_256_128 -> "enc cbc(aes)";
              case AES_GCM_256_ESN -> "aead rfc4106(gcm(aes))";
            });

    for (int index = 0; index < TUNNELS; index++) {
      assertThat(carriedBytes(state, TunnelFixture.spiTo(A, index, 1))).hasValue(3 * 84L);
      assertThat(carriedBytes(state, TunnelFixture.spiTo(B, index, 1))).hasValue(3 * 84L);
    }
  }

  @Test
  void nothingButEspIsOnTheCable() {
    assertThat(seen.get("capture").lines().toList())
        .hasSizeGreaterThan(200)
        .allMatch(line -> line.contains(": ESP(spi=0x"));
  }

  @Test
  void newKeysCostNoPacketAndTheOldOnesGo() {
    String state = seen.get("rekey-state");

    assertThat(seen.get("rekey")).contains("100 packets transmitted, 100 received");
    assertThat(carriedBytes(state, TunnelFixture.spiTo(B, 0, 2)).orElseThrow()).isPositive();
    assertThat(carriedBytes(state, TunnelFixture.spiTo(A, 0, 2)).orElseThrow()).isPositive();
    assertThat(carriedBytes(state, TunnelFixture.spiTo(B, 0, 1))).isEmpty();
    assertThat(carriedBytes(state, TunnelFixture.spiTo(A, 0, 1))).isEmpty();
  }

  @Test
  void aRemovedLinkLeavesNothingBehind() {
    assertThat(seen.get("left-over")).isEmpty();
  }

  @Test
  void theKernelRefusedNothing() {
    assertThat(seen.get("refused")).isEmpty();
  }

  private static Optional<Long> carriedBytes(String state, long spi) {
    for (String entry : state.split("(?m)^(?=src )", -1)) {
      Matcher matcher = CARRIED.matcher(entry);
      if (matcher.find() && Long.parseLong(matcher.group(1), 16) == spi) {
        return Optional.of(Long.parseLong(matcher.group(2)));
      }
    }
    return Optional.empty();
  }

  private static TunnelPlan plan(
      List<LinkId> remove, List<LinkId> switchOver, List<LinkId> retire) {
    return new TunnelPlan(TunnelFixture.GROUP, List.of(), remove, switchOver, retire);
  }

  /** The drivers of both, writing down what they would do. */
  private static final class Edges {
    private final List<TunnelFixture.Member> members =
        List.of(
            member("site-a", "192.0.2.1", "198.18.0.0/24"),
            member("site-b", "192.0.2.2", "198.18.1.0/24"));
    private final TunnelFixture fixture;
    private final List<ScriptCommands> scripts;
    private final List<KernelDriver> drivers;

    Edges(SaAlgorithm algorithm, Path directory) {
      fixture = new TunnelFixture(TunnelProtocol.IPSEC, members, algorithm);
      scripts = List.of(new ScriptCommands(directory, "a"), new ScriptCommands(directory, "b"));
      drivers = List.of(driver(A), driver(B));
    }

    private static TunnelFixture.Member member(String edge, String host, String lan) {
      return new TunnelFixture.Member(
          new EdgeId(edge), EdgeKeys.generate(), host, List.of(Cidr.parse(lan)));
    }

    private KernelDriver driver(int number) {
      TunnelFixture.Member member = members.get(number);
      return Drivers.on(
          scripts.get(number),
          TunnelProtocol.IPSEC,
          DriverSettings.of(member.edge(), member.keys()),
          Optional.empty());
    }

    void setNewKeys(int version) {
      List<PeerLink> ends = fixture.newKeys(A, B, version, TUNNELS);
      for (int number : List.of(A, B)) {
        assertThat(
                drivers
                    .get(number)
                    .apply(
                        TunnelPlan.of(TunnelFixture.GROUP, List.of(ends.get(number)), List.of())))
            .isEqualTo(new ApplyResult.Applied());
      }
    }

    void apply(TunnelPlan plan) {
      for (KernelDriver driver : drivers) {
        assertThat(driver.apply(plan)).isEqualTo(new ApplyResult.Applied());
      }
    }

    void endStage(String stage) {
      scripts.forEach(script -> script.endStage(stage));
    }
  }
}
