package io.linkwright.console.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.linkwright.console.form.FormScope;
import io.linkwright.console.live.LiveStreams;
import io.linkwright.console.live.RecentSnapshots;
import io.linkwright.console.page.ActivityPage;
import io.linkwright.console.page.GraphPage;
import io.linkwright.console.page.GroupsPage;
import io.linkwright.console.page.LinksPage;
import io.linkwright.console.page.MemberPage;
import io.linkwright.console.page.MembersPage;
import io.linkwright.console.page.PageScope;
import java.security.SecureRandom;
import java.util.Optional;

/** All paths of the console. */
public final class ConsoleRoutes {
  static final String GROUP = "/groups/{group}";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final PageScope pages;
  private final Assets assets;
  private final PageRoutes pageRoutes;
  private final Dialogs dialogs;
  private final ErrorPages errors;

  /** What keeps open pages current. */
  public record Live(RecentSnapshots recent, LiveStreams streams) {}

  /** Pages and dialogs over these. */
  public ConsoleRoutes(PageScope pages, FormScope forms, Live live, Assets assets) {
    this.pages = pages;
    this.assets = assets;
    this.pageRoutes = new PageRoutes(live, pages.templates(), assets);
    this.dialogs = new Dialogs(forms, new FormGuard(new CsrfTokens(new SecureRandom())));
    this.errors = new ErrorPages(pages.templates(), assets);
  }

  /** Adds them. */
  public void addTo(RoutesConfig routes) {
    routes.before("/console*", SecurityHeaders::addTo);
    routes.get("/", context -> context.redirect(PageRoutes.ROOT));
    routes.get(Assets.PATH + "/<file>", this::asset);
    addFragments(routes);
    addPages(routes);
    dialogs.addTo(routes);
    errors.addTo(routes);
    routes.get("/console/<anything>", errors::notFound);
  }

  private void addPages(RoutesConfig routes) {
    Tables tables = new Tables(pages.queries());
    pageRoutes.add(
        routes, "", context -> new GroupsPage(pages, Parameters.place(context)), tables::groups);
    pageRoutes.add(
        routes,
        GROUP,
        context ->
            new LinksPage(
                pages,
                Parameters.group(context),
                Parameters.edgeFilter(context),
                Parameters.placeOfLinks(context)),
        tables::links);
    pageRoutes.add(
        routes,
        GROUP + "/members",
        context -> new MembersPage(pages, Parameters.group(context), Parameters.place(context)),
        tables::members);
    pageRoutes.add(
        routes,
        GROUP + "/members/{edge}",
        context -> new MemberPage(pages, Parameters.group(context), Parameters.edge(context)));
    pageRoutes.add(
        routes, GROUP + "/graph", context -> new GraphPage(pages, Parameters.group(context)));
    pageRoutes.add(
        routes,
        GROUP + "/activity",
        context -> new ActivityPage(pages, Parameters.group(context), activityFilter(context)));
  }

  private void addFragments(RoutesConfig routes) {
    Fragments fragments = new Fragments(pages);
    String group = PageRoutes.ROOT + GROUP;
    routes.get(group + "/member-options", fragments::memberOptions);
    routes.get(group + "/graph/members/{edge}", fragments::graphSide);
    routes.get(group + "/members/{edge}/keys", fragments::keys);
  }

  private static ActivityPage.Filter activityFilter(Context context) {
    long until = Parameters.positive(context, "until", 0);
    return new ActivityPage.Filter(
        Optional.of(until).filter(revision -> revision > 0),
        Parameters.query(context, "who"),
        Parameters.query(context, "what"),
        Parameters.edgeFilter(context));
  }

  /** The path has the content's digest in it. */
  private void asset(Context context) {
    assets
        .find(context.path())
        .ifPresentOrElse(
            asset ->
                context
                    .header("Cache-Control", FOR_EVER)
                    .contentType(asset.mediaType())
                    .result(asset.content()),
            () -> errors.notFound(context));
  }
}
