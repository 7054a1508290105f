package io.linkwright.terminal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @TempDir private Path home;

  @Test
  void withoutAnythingNothingIsSet() {
    Settings settings = settings(Map.of());

    assertThat(settings.server()).isEmpty();
    assertThat(settings.actor()).isEmpty();
  }

  @Test
  void theFileIsAtTheUsualPlace() throws IOException {
    Path file = write(".config/linkwright/config.yaml", "# mine\nserver: http://one:1\n");

    assertThat(settings(Map.of()).server())
        .contains(new Setting("http://one:1", file + ":2: server"));
  }

  @Test
  void aVariableCountsBeforeTheFileAndAnEmptyOneDoesNot() throws IOException {
    write(".config/linkwright/config.yaml", "server: http://one:1\nactor: alice\n");

    assertThat(settings(Map.of("LINKWRIGHT_SERVER", "http://two:2")).server())
        .contains(new Setting("http://two:2", "LINKWRIGHT_SERVER"));
    assertThat(settings(Map.of("LINKWRIGHT_ACTOR", " ")).actor().map(Setting::value))
        .contains("alice");
  }

  @Test
  void xdgMovesTheFileAndTheVariableForItNamesAnother() throws IOException {
    write(".config/linkwright/config.yaml", "server: http://usual:1\n");
    write("xdg/linkwright/config.yaml", "server: http://xdg:1\n");
    Path named = write("named.yaml", "server: http://named:1\n");
    Map<String, String> moved = Map.of("XDG_CONFIG_HOME", home.resolve("xdg").toString());
    Map<String, String> both =
        Map.of(
            "XDG_CONFIG_HOME",
            home.resolve("xdg").toString(),
            "LINKWRIGHT_CONFIG",
            named.toString());

    assertThat(server(moved)).contains("http://xdg:1");
    assertThat(server(both)).contains("http://named:1");
  }

  @Test
  void aFileThatIsNamedMustBeThere() {
    Settings settings = settings(Map.of("LINKWRIGHT_CONFIG", "/nowhere/config.yaml"));

    assertThatThrownBy(settings::server)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("/nowhere/config.yaml cannot be read");
  }

  @Test
  void aBrokenFileDoesNotConcernAVariable() throws IOException {
    write(".config/linkwright/config.yaml", "sever: x\n");

    assertThat(server(Map.of("LINKWRIGHT_SERVER", "http://two:2"))).contains("http://two:2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          actor: a\\nsever: http://one:1 | :2: 'sever' is not known; what can be set is server and actor
          server: [a, b]                 | :1: 'server' needs a text after it
          server:                        | :1: 'server' needs a text after it
          actor: a\\nactor: b            | :2: 'actor' stands there twice
          just words                     | :1: must be lines as in 'server: URL'
          actor: a\\n\\nserver: "open    | :3: not YAML
          """)
  void aFileThatMakesNoSenseIsRefusedWithItsLine(String text, String words) throws IOException {
    Path file = write(".config/linkwright/config.yaml", text.replace("\\n", "\n"));

    Settings settings = settings(Map.of());

    assertThatThrownBy(settings::server)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(file + words);
  }

  @Test
  void anEmptyFileSetsNothing() throws IOException {
    write(".config/linkwright/config.yaml", "# nothing\n");

    assertThat(server(Map.of())).isEmpty();
  }

  private Optional<String> server(Map<String, String> environment) {
    return settings(environment).server().map(Setting::value);
  }

  private Settings settings(Map<String, String> environment) {
    return new Settings(environment, home);
  }

  private Path write(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
