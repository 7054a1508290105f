package io.linkwright.console.web;

import io.javalin.http.Context;
import io.linkwright.console.page.PageScope;
import java.util.Optional;

/** What stands beside the graph once a member is chosen. */
final class GraphSide {
  private final PageScope scope;

  GraphSide(PageScope scope) {
    this.scope = scope;
  }

  void show(Context context) {
    String group = Parameters.group(context);
    String edge = Parameters.edge(context);
    DialogRoutes.write(
        context,
        200,
        scope
            .templates()
            .graphSide(
                scope.queries().group(group),
                scope.queries().member(group, edge),
                scope.queries().allLinks(group, Optional.of(edge))));
  }
}
