package io.linkwright.console.page;

import io.linkwright.console.api.GroupEvent;
import io.linkwright.console.api.GroupEvent.Consequence;
import java.util.List;
import java.util.Locale;

/**
 * An event for people.
 *
 * @param what happened, as in {@code Link added}
 * @param consequences what followed for the topology
 */
public record EventWords(String what, List<Followed> consequences) {

  /** Something that followed, and the style sheet's tone for it. */
  public record Followed(String tone, String words) {}

  /** Types of events, for choosing among them. */
  public static final List<String> TYPES =
      List.of(
          "GroupCreated",
          "GroupChanged",
          "MemberAdded",
          "MemberChanged",
          "MemberRevoked",
          "MemberRemoved",
          "LinkAdded",
          "LinkChanged",
          "LinkSuspended",
          "LinkRemoved",
          "GroupRecovered");

  static EventWords of(GroupEvent event) {
    return new EventWords(
        what(event.type()), event.consequences().stream().map(EventWords::followed).toList());
  }

  /** {@code LinkAdded} as {@code Link added}: newer services may know more types than we do. */
  public static String what(String type) {
    String spaced = type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return spaced.isEmpty()
        ? "Event"
        : Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
  }

  private static Followed followed(Consequence consequence) {
    String edge = consequence.edge().orElse("");
    return switch (consequence.type()) {
      case "MemberIsolated" -> new Followed("info", edge + " isolated");
      case "MemberConnected" -> new Followed("ok", edge + " connected");
      case "GroupSplit" ->
          new Followed("warn", "split into %d parts".formatted(consequence.parts()));
      case "GroupJoined" ->
          new Followed(
              "ok",
              consequence.parts() == 1
                  ? "all in one part again"
                  : "joined to %d parts".formatted(consequence.parts()));
      case "MeshComplete" -> new Followed("info", "every pair linked");
      default -> new Followed("idle", what(consequence.type()));
    };
  }
}
