package io.linkwright.console.form;

import com.fasterxml.jackson.databind.JsonNode;
import gg.jte.Content;
import io.linkwright.console.api.CommandAnswer;

/** Makes a new token for a member that is yet to enroll; the one before it counts no more. */
public final class InviteMemberDialog implements Dialog {
  private final FormScope scope;
  private final String group;
  private final String edge;

  /** For {@code edge} of {@code group}. */
  public InviteMemberDialog(FormScope scope, String group, String edge) {
    this.scope = scope;
    this.group = group;
    this.edge = edge;
  }

  @Override
  public Content show(FormState form) {
    return scope.templates().inviteMember(group, edge, form);
  }

  @Override
  public CommandAnswer send(FormState form) {
    return scope.commands().inviteMember(group, edge, form.key());
  }

  @Override
  public Outcome done(FormState form, JsonNode answer) {
    return Enrollment.of(answer)
        .<Outcome>map(
            enrollment -> new Outcome.Show(scope.templates().enrollment(group, edge, enrollment)))
        .orElseGet(() -> new Outcome.Close("%s needs no token.".formatted(edge)));
  }
}
