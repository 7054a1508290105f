package io.linkwright.cli.command;

import io.linkwright.domain.group.Topology;
import io.linkwright.httpapi.answer.Consequence;
import io.linkwright.httpapi.answer.EventAnswer;
import io.linkwright.httpapi.answer.EventLink;
import io.linkwright.httpapi.answer.EventMember;
import io.linkwright.httpapi.answer.EventSubject;
import io.linkwright.httpapi.answer.GroupSettingsAnswer;
import java.util.Optional;

/** What an event of the log is about, in few words. */
final class EventAbout {
  private EventAbout() {}

  static String of(EventAnswer event) {
    return switch (event.subject()) {
      case EventSubject.OfLink(EventLink link) -> link.id().toString();
      case EventSubject.OfMember(EventMember member) -> member.edge().value();
      case EventSubject.OfRevokedMember(EventMember member, _) -> member.edge().value();
      case EventSubject.OfGroup(Optional<GroupSettingsAnswer> group) ->
          group.map(GroupSettingsAnswer::topology).map(Topology::label).orElse("");
      case EventSubject.OfRecovery _ -> "";
    };
  }

  /** The same of what followed from an event. */
  static String of(Consequence consequence) {
    if (consequence.edge().isPresent()) {
      return consequence.edge().get().value();
    }
    return consequence
        .link()
        .map(link -> "%s: %s parts".formatted(link, number(consequence.parts())))
        .orElseGet(
            () ->
                "%s members, %s links"
                    .formatted(number(consequence.members()), number(consequence.links())));
  }

  private static String number(Optional<?> number) {
    return number.map(Object::toString).orElse("");
  }
}
