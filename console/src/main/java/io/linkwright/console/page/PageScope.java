package io.linkwright.console.page;

import io.linkwright.console.api.ApiClient;
import io.linkwright.console.api.Queries;
import io.linkwright.console.template.Templates;

/** What all pages need. */
public record PageScope(
    ApiClient client, Queries queries, SharedGroups groups, Templates templates) {}
