package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a process can serve requests.
 *
 * @param ready whether all of its modules are
 */
public record ReadinessAnswer(boolean ready, Map<String, Module> modules) {

  /** Copies the map. */
  public ReadinessAnswer {
    modules = Collections.unmodifiableMap(new LinkedHashMap<>(modules));
  }

  /**
   * Whether a part can.
   *
   * @param reason why not; left out if it can
   */
  public record Module(
      boolean ready, @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> reason) {}
}
