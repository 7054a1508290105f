package io.linkwright.cli.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrerequisitesTest {
  private static final List<String> ROOT = List.of("Name:\tjava", "CapEff:\t000001ffffffffff");
  private static final List<String> NET_ADMIN_ONLY = List.of("CapEff:\t0000000000001000");
  private static final List<String> NOBODY = List.of("CapEff:\t0000000000000000");

  @TempDir private Path tools;

  @Test
  void aMissingToolIsNamedWithThePackageItIsIn() throws IOException {
    assertThatThrownBy(() -> having(ROOT).require(DriverKind.WIREGUARD))
        .isInstanceOf(EdgeFailure.class)
        .hasMessageContaining("'wg'")
        .hasMessageContaining("install wireguard-tools");
    install("wg");
    assertThatThrownBy(() -> having(ROOT).require(DriverKind.WIREGUARD))
        .hasMessageContaining("'ip'")
        .hasMessageContaining("install iproute2");
  }

  @Test
  void whoMayNotAdministerTheNetworkIsToldWhatItTakes() throws IOException {
    install("wg");
    install("ip");

    for (List<String> status : List.of(NOBODY, List.<String>of())) {
      assertThatThrownBy(() -> having(status).require(DriverKind.IPSEC))
          .isInstanceOf(EdgeFailure.class)
          .hasMessageContaining("root or CAP_NET_ADMIN")
          .hasMessageContaining("--dry-run");
    }
    for (List<String> status : List.of(ROOT, NET_ADMIN_ONLY)) {
      assertThatCode(() -> having(status).require(DriverKind.WIREGUARD)).doesNotThrowAnyException();
    }
  }

  @Test
  void simulationNeedsNothing() {
    assertThatCode(() -> new Prerequisites("", List.of()).require(DriverKind.SIMULATED))
        .doesNotThrowAnyException();
  }

  private Prerequisites having(List<String> status) {
    return new Prerequisites(tools.toString(), status);
  }

  private void install(String name) throws IOException {
    Path tool = Files.writeString(tools.resolve(name), "");
    assertThat(tool.toFile().setExecutable(true)).isTrue();
  }
}
