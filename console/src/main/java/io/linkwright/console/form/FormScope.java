package io.linkwright.console.form;

import io.linkwright.console.api.Commands;
import io.linkwright.console.api.Queries;
import io.linkwright.console.template.Templates;

/** What all dialogs need. */
public record FormScope(Queries queries, Commands commands, Templates templates) {}
