package io.linkwright.console.form;

import com.fasterxml.jackson.databind.JsonNode;
import gg.jte.Content;
import io.linkwright.console.api.CommandAnswer;
import io.linkwright.httpapi.ApiJson;
import io.linkwright.httpapi.receipt.RevisionReceipt;

/** Asks before a group goes, and says how many edges lose their tunnels. */
public final class DeleteGroupDialog implements Dialog {
  private final FormScope scope;
  private final String group;

  /** About {@code group}. */
  public DeleteGroupDialog(FormScope scope, String group) {
    this.scope = scope;
    this.group = group;
  }

  @Override
  public Content show(FormState form) {
    return scope.templates().deleteGroup(scope.queries().group(group), form);
  }

  @Override
  public CommandAnswer send(FormState form) {
    return scope.commands().deleteGroup(group, form.key());
  }

  @Override
  public Outcome done(FormState form, JsonNode answer) {
    scope
        .queries()
        .awaitRevision(group, ApiJson.readTree(answer, RevisionReceipt.class).revision());
    return new Outcome.GoTo("/console");
  }
}
