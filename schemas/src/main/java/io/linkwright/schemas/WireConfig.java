package io.linkwright.schemas;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** Keys of the configuration, named as Kafka and Confluent name them. */
final class WireConfig {
  static final String REGISTRY_URL = "schema.registry.url";

  /** A directory for what the registry has answered; none unless given. */
  static final String REGISTRY_CACHE = "schema.registry.cache.dir";

  static final String SERIALIZER = "value.serializer";
  static final String DESERIALIZER = "value.deserializer";

  /** In place of a URL: the bundled schemas and their fixed ids, no registry. */
  static final String BUNDLED = "bundled:";

  private WireConfig() {}

  /**
   * The registry that the configuration names.
   *
   * @throws ConfigException if it names none, or not by http or https
   */
  static SchemaRegistry registry(Map<String, ?> config) {
    String text = text(config, REGISTRY_URL, "");
    if (text.equals(BUNDLED)) {
      return BundledSchemaRegistry.instance();
    }
    List<URI> urls =
        Arrays.stream(text.split(",", -1)).map(String::strip).map(WireConfig::url).toList();
    String cache = text(config, REGISTRY_CACHE, "");
    return cache.isEmpty()
        ? new HttpSchemaRegistry(urls)
        : new HttpSchemaRegistry(urls, Path.of(cache));
  }

  static String text(Map<String, ?> config, String key, String defaultValue) {
    Object value = config.get(key);
    return value == null ? defaultValue : value.toString().strip();
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text);
      if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException notUri) {
      throw notRegistry(text);
    }
    throw notRegistry(text);
  }

  private static ConfigException notRegistry(String text) {
    return new ConfigException(
        REGISTRY_URL, text, "one or more http or https URLs joined by commas, or " + BUNDLED);
  }
}
