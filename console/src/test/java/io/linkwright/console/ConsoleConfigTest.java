package io.linkwright.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.console.api.Services;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ConsoleConfigTest {
  private static final List<String> URLS =
      List.of("--command-url", "http://a:1", "--query-url", "http://b:2");

  @Test
  void takesUrlsAndDefaults() {
    assertThat(ConsoleConfig.parse(URLS))
        .isEqualTo(
            new ConsoleConfig(
                new Services(URI.create("http://a:1"), URI.create("http://b:2")),
                Optional.empty(),
                "127.0.0.1",
                8090));
  }

  @Test
  void takesAllOptions() {
    List<String> options =
        List.of("--docs-url", "https://c/", "--host", "0.0.0.0", "--port", "8091");

    assertThat(ConsoleConfig.parse(Stream.concat(URLS.stream(), options.stream()).toList()))
        .isEqualTo(
            new ConsoleConfig(
                new Services(URI.create("http://a:1"), URI.create("http://b:2")),
                Optional.of(URI.create("https://c/")),
                "0.0.0.0",
                8091));
  }

  @Test
  void namesWhatItCannotTake() {
    assertThatThrownBy(() -> ConsoleConfig.parse(List.of("--query-url", "http://b:2")))
        .hasMessageContaining("--command-url");
    assertThatThrownBy(() -> parsedWith("--docs-url", "javascript:alert(1)"))
        .hasMessageContaining("--docs-url javascript:alert(1)")
        .hasMessageContaining("http");
    assertThatThrownBy(() -> parsedWith("--docs-url", "not an address"))
        .hasMessageContaining("--docs-url not an address");
    assertThatThrownBy(() -> parsedWith("--port", "70000"))
        .hasMessageContaining("--port 70000")
        .hasMessageContaining("65535");
    assertThatThrownBy(() -> ConsoleConfig.parse(List.of("--port", "many")))
        .hasMessageContaining("--port many");
    assertThatThrownBy(() -> ConsoleConfig.parse(List.of("--colour", "red")))
        .hasMessageContaining("--colour");
    assertThatThrownBy(() -> ConsoleConfig.parse(List.of("--host"))).hasMessageContaining("--host");
  }

  private static ConsoleConfig parsedWith(String option, String value) {
    return ConsoleConfig.parse(Stream.concat(URLS.stream(), Stream.of(option, value)).toList());
  }
}
