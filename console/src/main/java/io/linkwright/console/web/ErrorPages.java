package io.linkwright.console.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.linkwright.console.api.ApiException;
import io.linkwright.console.template.Templates;
import io.linkwright.httpapi.client.ApiProblem;

/** What a person sees in place of a page. A fragment is answered with the same, and not shown. */
final class ErrorPages {
  private final Templates templates;
  private final Frame frame;

  ErrorPages(Templates templates, Frame frame) {
    this.templates = templates;
    this.frame = frame;
  }

  void addTo(RoutesConfig routes) {
    routes.exception(ApiException.Refused.class, (refused, context) -> refused(refused, context));
    routes.exception(ApiException.Unreachable.class, (away, context) -> away(away, context));
    routes.exception(Parameters.NoSuchPageException.class, (nowhere, context) -> notFound(context));
  }

  void notFound(Context context) {
    write(
        context,
        404,
        "There is nothing here",
        "The address leads to no page. Groups and edges have names of small letters, digits and"
            + " hyphens.");
  }

  private void refused(ApiException.Refused refused, Context context) {
    ApiProblem problem = refused.problem();
    switch (problem.status()) {
      case 404 -> write(context, 404, "Not there, or not any more", problem.detail());
      case 503 -> write(context, 503, "Not ready yet", problem.detail());
      default -> write(context, 502, "The query service refused", problem.detail());
    }
  }

  private void away(ApiException.Unreachable away, Context context) {
    write(context, 503, "Linkwright does not answer", away.getMessage());
  }

  private void write(Context context, int status, String title, String detail) {
    DialogRoutes.write(context, status, templates.error(frame, title, detail, status == 503));
  }
}
