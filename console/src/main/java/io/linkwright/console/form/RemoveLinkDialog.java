package io.linkwright.console.form;

import com.fasterxml.jackson.databind.JsonNode;
import gg.jte.Content;
import io.linkwright.console.api.CommandAnswer;
import io.linkwright.domain.id.LinkId;

/** Asks before a link goes, and names the two edges that will be reconfigured. */
public final class RemoveLinkDialog implements Dialog {
  private final FormScope scope;
  private final String group;
  private final LinkId link;

  /** About a link of {@code group}. */
  public RemoveLinkDialog(FormScope scope, String group, LinkId link) {
    this.scope = scope;
    this.group = group;
    this.link = link;
  }

  @Override
  public Content show(FormState form) {
    return scope.templates().removeLink(group, link, form);
  }

  @Override
  public CommandAnswer send(FormState form) {
    return scope.commands().removeLink(group, link, form.key());
  }

  @Override
  public Outcome done(FormState form, JsonNode answer) {
    return new Outcome.Close(
        "The link of %s and %s is removed. Both edges are being told."
            .formatted(link.edgeA(), link.edgeB()));
  }
}
