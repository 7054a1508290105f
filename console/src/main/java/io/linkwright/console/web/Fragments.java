package io.linkwright.console.web;

import io.javalin.http.Context;
import io.linkwright.console.page.PageScope;
import java.util.Optional;

/** Parts of pages that are fetched when they are wanted, since they cost more to ask. */
final class Fragments {
  private final PageScope scope;

  Fragments(PageScope scope) {
    this.scope = scope;
  }

  /** All members, for a field that is typed into. */
  void memberOptions(Context context) {
    DialogRoutes.write(
        context,
        200,
        scope.templates().memberOptions(scope.queries().allMembers(Parameters.group(context)), ""));
  }

  /** What stands beside the graph once a member is chosen. */
  void graphSide(Context context) {
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

  /** A member's public keys. */
  void keys(Context context) {
    DialogRoutes.write(
        context,
        200,
        scope
            .templates()
            .memberKeys(
                scope.queries().memberKeys(Parameters.group(context), Parameters.edge(context))));
  }
}
