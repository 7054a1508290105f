package io.linkwright.schemas;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** What the Kafka clients of all services have in common. */
public final class ClientSettings {
  /**
   * Between attempts to connect: a broker that is down is asked, and logged, that often at most.
   */
  private static final int RECONNECT_MAX_MS = 5_000;

  private ClientSettings() {}

  /** These settings, and ours where they name nothing else. */
  public static Map<String, Object> with(Map<String, ?> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MAX_MS);
    return all;
  }
}
