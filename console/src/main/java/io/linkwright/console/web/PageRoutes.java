package io.linkwright.console.web;

import gg.jte.Content;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.linkwright.console.live.LiveStreams;
import io.linkwright.console.live.RecentSnapshots;
import io.linkwright.console.live.Snapshot;
import io.linkwright.console.page.ConsolePage;
import io.linkwright.console.template.Templates;
import io.linkwright.http.QueryParameters;
import io.linkwright.http.access.Access;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves pages, and beside each the stream that keeps it current. */
final class PageRoutes {
  static final String ROOT = "/console";
  private static final Logger LOG = LoggerFactory.getLogger(PageRoutes.class);
  static final String LIVE = ROOT + "/live";
  private static final String SEEN = "seen";

  private final RecentSnapshots recent;
  private final LiveStreams streams;
  private final Templates templates;
  private final Frame frame;

  PageRoutes(ConsoleRoutes.Live live, Templates templates, Frame frame) {
    this.recent = live.recent();
    this.streams = live.streams();
    this.templates = templates;
    this.frame = frame;
  }

  /**
   * Adds a page.
   *
   * @param path below {@link #ROOT}; its stream is at the same path below {@link #LIVE}
   */
  void add(RoutesConfig routes, String path, Function<Context, ConsolePage> pages) {
    add(routes, path, pages, UnaryOperator.identity());
  }

  /**
   * Adds a page of which some addresses stand for others.
   *
   * @param around answers those, and leaves the rest to the page
   */
  void add(
      RoutesConfig routes,
      String path,
      Function<Context, ConsolePage> pages,
      UnaryOperator<Handler> around) {
    routes.get(
        ROOT + path, around.apply(context -> show(context, pages.apply(context))), Access.ANYONE);
    routes.get(LIVE + path, context -> follow(context, pages.apply(context)), Access.ANYONE);
  }

  private void show(Context context, ConsolePage page) {
    Snapshot snapshot = page.render();
    recent.remember(snapshot);
    String path = context.path().substring(ROOT.length());
    String given = context.queryString();
    String query = given == null || given.isEmpty() ? "" : given + "&";
    String live = "%s%s?%s%s=%s".formatted(LIVE, path, query, SEEN, snapshot.digest());
    Content body = page.body(snapshot);
    DialogRoutes.write(
        context,
        200,
        templates.layout(
            page.title(),
            frame.of(SignIn.session(context).map(Sessions.Session::visitor)),
            live,
            page.scripts(),
            body));
  }

  /** A browser that comes back by itself names the last digest it was sent. */
  private void follow(Context context, ConsolePage page) throws InterruptedException {
    String lastSent = context.header("Last-Event-ID");
    String seen = lastSent == null ? QueryParameters.of(context).text(SEEN).orElse("") : lastSent;
    HttpServletResponse response = context.res();
    response.setContentType("text/event-stream");
    // A proxy must not hold changes back to fill its buffer.
    response.setHeader("X-Accel-Buffering", "no");
    try {
      streams.serve(page, seen, response.getOutputStream());
    } catch (IOException browserGone) {
      LOG.debug("page closed path={}", context.path(), browserGone);
    }
  }
}
