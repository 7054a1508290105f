package io.linkwright.console.form;

import com.fasterxml.jackson.databind.JsonNode;
import gg.jte.Content;
import io.linkwright.console.api.CommandAnswer;
import io.linkwright.console.api.Commands.RevokedLinks;
import java.util.Optional;
import java.util.Set;

/** Takes the keys of a lost device away, and asks what shall become of its links. */
public final class RevokeMemberDialog implements Dialog {
  private final FormScope scope;
  private final String group;
  private final String edge;

  /** About {@code edge} of {@code group}. */
  public RevokeMemberDialog(FormScope scope, String group, String edge) {
    this.scope = scope;
    this.group = group;
    this.edge = edge;
  }

  @Override
  public Content show(FormState form) {
    return scope
        .templates()
        .revokeMember(
            scope.queries().group(group),
            edge,
            scope.queries().allLinks(group, Optional.of(edge)).size(),
            form);
  }

  @Override
  public Set<String> fields() {
    return Set.of("links");
  }

  @Override
  public CommandAnswer send(FormState form) {
    RevokedLinks links =
        form.value("links").equals("remove") ? RevokedLinks.REMOVE : RevokedLinks.KEEP;
    return scope.commands().revokeMember(group, edge, links, form.key());
  }

  @Override
  public Outcome done(FormState form, JsonNode answer) {
    return new Outcome.Close(
        "The keys of %s are revoked. They never count again in this group.".formatted(edge));
  }
}
