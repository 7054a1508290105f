package io.linkwright.console.form;

import com.fasterxml.jackson.databind.JsonNode;
import gg.jte.Content;
import io.linkwright.console.api.CommandAnswer;
import io.linkwright.console.api.Commands.NewGroup;
import io.linkwright.console.api.GroupSettings.TunnelCount;
import io.linkwright.httpapi.ApiJson;
import io.linkwright.httpapi.receipt.RevisionReceipt;
import java.util.Set;

/** Creates a group. */
public final class CreateGroupDialog implements Dialog {
  private final FormScope scope;

  /** An empty one. */
  public CreateGroupDialog(FormScope scope) {
    this.scope = scope;
  }

  @Override
  public Content show(FormState form) {
    return scope.templates().createGroup(form);
  }

  @Override
  public Set<String> fields() {
    return Set.of(
        "id",
        "name",
        "topology",
        "tunnelProtocol",
        "dualTunnel",
        "hub",
        "addressPool",
        "rekeyEvery");
  }

  @Override
  public CommandAnswer send(FormState form) {
    return scope
        .commands()
        .createGroup(
            new NewGroup(
                form.value("id"),
                form.typed("name"),
                form.value("topology"),
                form.value("tunnelProtocol"),
                form.typed("dualTunnel").isPresent() ? TunnelCount.TWO : TunnelCount.ONE,
                form.typed("hub"),
                form.typed("addressPool"),
                form.typed("rekeyEvery")),
            form.key());
  }

  @Override
  public Outcome done(FormState form, JsonNode answer) {
    scope
        .queries()
        .awaitRevision(
            form.value("id"), ApiJson.readTree(answer, RevisionReceipt.class).revision());
    return new Outcome.GoTo("/console/groups/%s/members".formatted(form.value("id")));
  }
}
