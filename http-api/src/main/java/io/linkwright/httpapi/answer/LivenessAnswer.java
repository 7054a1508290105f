package io.linkwright.httpapi.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the threads of a process that matter run and get on.
 *
 * @param live whether all of its modules are
 */
public record LivenessAnswer(boolean live, Map<String, Module> modules) {

  /** Copies the map. */
  public LivenessAnswer {
    modules = Collections.unmodifiableMap(new LinkedHashMap<>(modules));
  }

  /**
   * Whether a part is.
   *
   * @param reason why not; left out if it is
   */
  public record Module(
      boolean live, @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> reason) {}
}
