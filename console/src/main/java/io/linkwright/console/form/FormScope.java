package io.linkwright.console.form;

import io.linkwright.console.api.Commands;
import io.linkwright.console.api.Queries;
import io.linkwright.console.template.Templates;
import java.util.Optional;

/** What all dialogs need. */
public record FormScope(Queries queries, Commands commands, Templates templates) {
  /** The same for forms that somebody else sends. */
  public FormScope sentBy(Optional<String> token) {
    return new FormScope(queries, commands.sentBy(token), templates);
  }
}
