package io.linkwright.console.form;

import com.fasterxml.jackson.databind.JsonNode;
import gg.jte.Content;
import io.linkwright.console.api.CommandAnswer;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.httpapi.answer.LinkAnswer;
import io.linkwright.httpapi.answer.MemberAnswer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Links two members. */
public final class AddLinkDialog implements Dialog {
  private final FormScope scope;
  private final String group;

  /** For a link of {@code group}. */
  public AddLinkDialog(FormScope scope, String group) {
    this.scope = scope;
    this.group = group;
  }

  @Override
  public Content show(FormState form) {
    List<MemberAnswer> members = scope.queries().allMembers(group);
    return scope.templates().addLink(group, form, members, peers(members, form.typed("edgeA")));
  }

  /** The second field alone, once the first is chosen. */
  public Content peerField(FormState form) {
    return scope
        .templates()
        .peerField(
            form,
            form.typed("edgeA"),
            peers(scope.queries().allMembers(group), form.typed("edgeA")));
  }

  @Override
  public Set<String> fields() {
    return Set.of("edgeA", "edgeB");
  }

  @Override
  public CommandAnswer send(FormState form) {
    return scope.commands().addLink(group, form.value("edgeA"), form.value("edgeB"), form.key());
  }

  @Override
  public Outcome done(FormState form, JsonNode answer) {
    return new Outcome.Close(
        "%s and %s are linked. New configuration is on its way to these two edges."
            .formatted(form.value("edgeA"), form.value("edgeB")));
  }

  /** Whom the chosen member can still be linked to: neither itself nor those it is linked to. */
  private List<MemberAnswer> peers(List<MemberAnswer> members, Optional<String> chosen) {
    if (chosen.isEmpty()
        || members.stream().noneMatch(m -> m.edge().value().equals(chosen.get()))) {
      return List.of();
    }
    EdgeId edge = new EdgeId(chosen.get());
    Set<EdgeId> taken = new HashSet<>(Set.of(edge));
    for (LinkAnswer link : scope.queries().allLinks(group, chosen)) {
      taken.add(link.id().peerOf(edge));
    }
    return members.stream().filter(member -> !taken.contains(member.edge())).toList();
  }
}
