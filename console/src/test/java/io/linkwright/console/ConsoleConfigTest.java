package io.linkwright.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConsoleConfigTest {
  private static final List<String> URLS =
      List.of("--command-url", "http://a:1", "--query-url", "http://b:2");

  @Test
  void takesUrlsAndDefaults() {
    assertThat(ConsoleConfig.parse(URLS))
        .isEqualTo(
            new ConsoleConfig(
                URI.create("http://a:1"), URI.create("http://b:2"), "127.0.0.1", 8090));
  }

  @Test
  void namesWhatItCannotTake() {
    assertThatThrownBy(() -> ConsoleConfig.parse(List.of("--query-url", "http://b:2")))
        .hasMessageContaining("--command-url");
    assertThatThrownBy(() -> ConsoleConfig.parse(List.of("--port", "70000")))
        .hasMessageContaining("--port 70000")
        .hasMessageContaining("65535");
    assertThatThrownBy(() -> ConsoleConfig.parse(List.of("--port", "many")))
        .hasMessageContaining("--port many");
    assertThatThrownBy(() -> ConsoleConfig.parse(List.of("--colour", "red")))
        .hasMessageContaining("--colour");
    assertThatThrownBy(() -> ConsoleConfig.parse(List.of("--host"))).hasMessageContaining("--host");
  }
}
