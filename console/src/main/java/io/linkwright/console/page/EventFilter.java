package io.linkwright.console.page;

import io.linkwright.httpapi.answer.EventAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which events of a group are shown.
 *
 * @param until the newest to show; empty for the newest there is, and then new ones appear
 * @param who part of the actor's name
 * @param what type of the event, as in {@code LinkAdded}
 * @param edge member that it is about
 */
public record EventFilter(
    Optional<Long> until, Optional<String> who, Optional<String> what, Optional<String> edge) {

  /** Whether every event is shown. */
  public boolean isOpen() {
    return until.isEmpty() && !isNarrow();
  }

  /** Whether some events are left out, wherever the page begins. */
  boolean isNarrow() {
    return who.isPresent() || what.isPresent() || edge.isPresent();
  }

  /** The query of an address of events like these, wherever they begin; may be empty. */
  public String query() {
    return Stream.of(parameter("who", who), parameter("what", what), parameter("edge", edge))
        .flatMap(Optional::stream)
        .collect(Collectors.joining("&"));
  }

  boolean matches(EventAnswer event) {
    return who.filter(name -> !containsIgnoringCase(event.actor(), name)).isEmpty()
        && what.filter(type -> !event.type().equals(type)).isEmpty()
        && edge.filter(id -> !EventWords.edges(event).contains(id)).isEmpty();
  }

  private static Optional<String> parameter(String name, Optional<String> value) {
    return value.map(text -> name + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
  }

  private static boolean containsIgnoringCase(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
