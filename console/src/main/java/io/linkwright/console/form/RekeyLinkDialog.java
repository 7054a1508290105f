package io.linkwright.console.form;

import com.fasterxml.jackson.databind.JsonNode;
import gg.jte.Content;
import io.linkwright.console.api.CommandAnswer;
import io.linkwright.domain.id.LinkId;

/** Asks before a link gets new keys. */
public final class RekeyLinkDialog implements Dialog {
  private final FormScope scope;
  private final String group;
  private final LinkId link;

  /** About a link of {@code group}. */
  public RekeyLinkDialog(FormScope scope, String group, LinkId link) {
    this.scope = scope;
    this.group = group;
    this.link = link;
  }

  @Override
  public Content show(FormState form) {
    return scope.templates().rekeyLink(group, link, form);
  }

  @Override
  public CommandAnswer send(FormState form) {
    return scope.commands().rekeyLink(group, link, form.key());
  }

  @Override
  public Outcome done(FormState form, JsonNode answer) {
    return new Outcome.Close(
        "The link of %s and %s has new keys. Both edges change over to them."
            .formatted(link.edgeA(), link.edgeB()));
  }
}
