package io.linkwright.console.form;

import com.fasterxml.jackson.databind.JsonNode;
import gg.jte.Content;
import io.linkwright.console.api.CommandAnswer;
import java.util.Set;

/** Asks before a group links every pair by itself. */
public final class SwitchToMeshDialog implements Dialog {
  private final FormScope scope;
  private final String group;

  /** About {@code group}. */
  public SwitchToMeshDialog(FormScope scope, String group) {
    this.scope = scope;
    this.group = group;
  }

  @Override
  public Content show(FormState form) {
    return scope.templates().switchToMesh(scope.queries().group(group), form);
  }

  @Override
  public Set<String> fields() {
    return Set.of();
  }

  @Override
  public CommandAnswer send(FormState form) {
    return scope.commands().switchToMesh(group, form.key());
  }

  @Override
  public Outcome done(FormState form, JsonNode answer) {
    return new Outcome.Close("%s is a mesh now and links its members by itself.".formatted(group));
  }
}
