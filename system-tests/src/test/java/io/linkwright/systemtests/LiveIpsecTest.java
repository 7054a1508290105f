package io.linkwright.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both drivers at work in a kernel with ESP: state, failover, rotation and drift of a link with two
 * tunnels. {@link LiveIpsec} does it, in a JVM in a User Mode Linux, over IPv4 and over IPv6.
 */
@Tag("kernel")
final class LiveIpsecTest {
  private static final List<String> UNDERLAYS = List.of("IPV4", "IPV6");
  private static final String SCRIPT = "live-ipsec-in-uml.sh";

  @TempDir private static Path directory;
  private static Map<String, String> seen;

  @BeforeAll
  static void runTheLifeOfALink() throws Exception {
    RealTunnels.require("linux.uml", "cc", "ip", "tc", "ping", "modprobe");
    Files.writeString(
        directory.resolve("java-command"),
        "exec %s -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -cp '%s' %s"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                LiveIpsec.class.getName()),
        UTF_8);
    seen = UserModeLinux.boot(SCRIPT, directory);
    assertThat(seen).describedAs("%s", seen).containsKey("done");
  }

  @Test
  void subnetsOfBothFamiliesAreReachedOverEitherTunnel() {
    for (String underlay : UNDERLAYS) {
      assertThat(seen.get(underlay + " linked")).isEqualTo("true true\n");
      assertThat(seen.get(underlay + " failed-over")).isEqualTo("true true\n");
      assertThat(seen.get(underlay + " back")).isEqualTo("true true\n");
    }
  }

  @Test
  void newKeysCostNoPacket() {
    for (String underlay : UNDERLAYS) {
      assertThat(seen.get(underlay + " rotated")).startsWith("lost []\n");
    }
  }

  @Test
  void anAssociationThatIsGoneShowsAsDownAndIsPutBack() {
    for (String underlay : UNDERLAYS) {
      assertThat(seen.get(underlay + " drift")).startsWith("added association SPI ");
    }
  }

  @Test
  void aRemovedLinkLeavesNothingBehind() {
    for (String underlay : UNDERLAYS) {
      assertThat(seen.get(underlay + " left-over").strip()).isEmpty();
    }
  }
}
