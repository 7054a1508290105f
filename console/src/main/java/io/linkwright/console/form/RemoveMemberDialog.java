package io.linkwright.console.form;

import com.fasterxml.jackson.databind.JsonNode;
import gg.jte.Content;
import io.linkwright.console.api.CommandAnswer;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.httpapi.ApiJson;
import io.linkwright.httpapi.receipt.RevisionReceipt;
import java.util.List;
import java.util.Optional;

/** Asks before a member goes, and names its peers, whose links go with it. */
public final class RemoveMemberDialog implements Dialog {
  private final FormScope scope;
  private final String group;
  private final String edge;

  /** About {@code edge} of {@code group}. */
  public RemoveMemberDialog(FormScope scope, String group, String edge) {
    this.scope = scope;
    this.group = group;
    this.edge = edge;
  }

  @Override
  public Content show(FormState form) {
    List<String> peers =
        scope.queries().allLinks(group, Optional.of(edge)).stream()
            .map(link -> link.id().peerOf(new EdgeId(edge)).value())
            .toList();
    return scope.templates().removeMember(group, edge, peers, form);
  }

  @Override
  public CommandAnswer send(FormState form) {
    return scope.commands().removeMember(group, edge, form.key());
  }

  @Override
  public Outcome done(FormState form, JsonNode answer) {
    scope
        .queries()
        .awaitRevision(group, ApiJson.readTree(answer, RevisionReceipt.class).revision());
    return new Outcome.GoTo("/console/groups/%s/members".formatted(group));
  }
}
