package io.linkwright.terminal.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What is set outside of the command line: a variable of the environment first, then the
 * configuration file. The file is read when something is asked of it, so that a broken one does not
 * stand in the way of commands that need nothing from it.
 *
 * @param environment the process's variables
 * @param home the user's directory
 */
public record Settings(Map<String, String> environment, Path home) {
  private static final String SERVER = "LINKWRIGHT_SERVER";
  private static final String ACTOR = "LINKWRIGHT_ACTOR";
  private static final String CONFIG = "LINKWRIGHT_CONFIG";
  private static final String CONFIG_HOME = "XDG_CONFIG_HOME";

  /** Copies the map. */
  public Settings {
    environment = Map.copyOf(environment);
  }

  /** Those of this process. */
  public static Settings ofProcess() {
    return new Settings(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /**
   * The server to speak to, if one is set.
   *
   * @throws ConfigurationException if the configuration file makes no sense
   */
  public Optional<Setting> server() {
    return variable(SERVER).or(() -> file().value(ConfigFile.Key.SERVER));
  }

  /**
   * Who gives the commands, if that is set.
   *
   * @throws ConfigurationException if the configuration file makes no sense
   */
  public Optional<Setting> actor() {
    return variable(ACTOR).or(() -> file().value(ConfigFile.Key.ACTOR));
  }

  private Optional<Setting> variable(String name) {
    return text(name).map(value -> new Setting(value, name));
  }

  /** The one named must be there, the one at the usual place may be missing. */
  private ConfigFile file() {
    Optional<String> named = text(CONFIG);
    if (named.isPresent()) {
      return ConfigFile.read(Path.of(named.get()));
    }
    Path usual =
        text(CONFIG_HOME)
            .map(Path::of)
            .orElseGet(() -> home.resolve(".config"))
            .resolve("linkwright")
            .resolve("config.yaml");
    return Files.exists(usual) ? ConfigFile.read(usual) : ConfigFile.EMPTY;
  }

  /** Set to nothing is as good as not set. */
  private Optional<String> text(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
