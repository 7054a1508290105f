package io.linkwright.console.page;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.httpapi.answer.Consequence;
import io.linkwright.httpapi.answer.EventAnswer;
import io.linkwright.httpapi.answer.EventLink;
import io.linkwright.httpapi.answer.EventMember;
import io.linkwright.httpapi.answer.EventSubject;
import io.linkwright.httpapi.answer.GroupSettingsAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An event for people.
 *
 * @param what happened, as in {@code Link added}
 * @param edges whom it is about: none, a member, or the two ends of a link
 * @param group name of the group that it is about
 * @param consequences what followed for the topology
 */
public record EventWords(
    String what, List<String> edges, Optional<String> group, List<Followed> consequences) {

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

  static EventWords of(EventAnswer event) {
    return new EventWords(
        what(event.type()),
        edges(event),
        name(event.subject()),
        event.consequences().stream().map(EventWords::followed).toList());
  }

  /** Whom an event is about: none, a member, or the two ends of a link. */
  static List<String> edges(EventAnswer event) {
    return switch (event.subject()) {
      case EventSubject.OfLink(EventLink link) ->
          List.of(link.edgeA().value(), link.edgeB().value());
      case EventSubject.OfMember(EventMember member) -> List.of(member.edge().value());
      case EventSubject.OfRevokedMember(EventMember member, _) -> List.of(member.edge().value());
      case EventSubject.OfGroup _, EventSubject.OfRecovery _ -> List.of();
    };
  }

  private static Optional<String> name(EventSubject subject) {
    return switch (subject) {
      case EventSubject.OfGroup(Optional<GroupSettingsAnswer> group) ->
          group.map(GroupSettingsAnswer::name);
      case EventSubject.OfMember _,
          EventSubject.OfRevokedMember _,
          EventSubject.OfLink _,
          EventSubject.OfRecovery _ ->
          Optional.empty();
    };
  }

  /** {@code LinkAdded} as {@code Link added}: newer services may know more types than we do. */
  public static String what(String type) {
    String spaced = type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return spaced.isEmpty()
        ? "Event"
        : Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
  }

  private static Followed followed(Consequence consequence) {
    String edge = consequence.edge().map(EdgeId::value).orElse("");
    int parts = consequence.parts().orElse(0);
    return switch (consequence.type()) {
      case Consequence.MEMBER_ISOLATED -> new Followed("info", edge + " isolated");
      case Consequence.MEMBER_CONNECTED -> new Followed("ok", edge + " connected");
      case Consequence.GROUP_SPLIT -> new Followed("warn", "split into %d parts".formatted(parts));
      case Consequence.GROUP_JOINED ->
          new Followed(
              "ok", parts == 1 ? "all in one part again" : "joined to %d parts".formatted(parts));
      case Consequence.MESH_COMPLETE -> new Followed("info", "every pair linked");
      default -> new Followed("idle", what(consequence.type()));
    };
  }
}
