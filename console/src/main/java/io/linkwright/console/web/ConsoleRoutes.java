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
import io.linkwright.http.access.Access;
import java.security.SecureRandom;
import java.util.Optional;

/** All paths of the console. */
public final class ConsoleRoutes {
  static final String GROUP = "/groups/{group}";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final PageScope pages;
  private final Frame frame;
  private final PageRoutes pageRoutes;
  private final Dialogs dialogs;
  private final ErrorPages errors;
  private final Optional<SignIn> signIn;

  /** Whether visitors have to say who they are. */
  public enum Visitors {
    /** They need not. */
    ARE_NOT_ASKED,
    /** They show a token before they see anything. */
    SIGN_IN
  }

  /** What keeps open pages current. */
  public record Live(RecentSnapshots recent, LiveStreams streams) {}

  /**
   * Pages and dialogs over these.
   *
   * @param visitors whether they have to sign in
   */
  public ConsoleRoutes(
      PageScope pages, FormScope forms, Live live, Frame frame, Visitors visitors) {
    this.pages = pages;
    this.frame = frame;
    this.pageRoutes = new PageRoutes(live, pages.templates(), frame);
    this.dialogs = new Dialogs(forms, new FormGuard(new CsrfTokens(new SecureRandom())));
    this.errors = new ErrorPages(pages.templates(), frame);
    this.signIn =
        switch (visitors) {
          case ARE_NOT_ASKED -> Optional.empty();
          case SIGN_IN -> Optional.of(new SignIn(pages.client(), pages.templates(), frame));
        };
  }

  /** Adds them. */
  public void addTo(RoutesConfig routes) {
    routes.before("/console*", SecurityHeaders::addTo);
    signIn.ifPresent(gate -> gate.addTo(routes));
    routes.get("/", context -> context.redirect(PageRoutes.ROOT), Access.ANYONE);
    routes.get(Assets.PATH + "/<file>", this::asset, Access.ANYONE);
    addFragments(routes);
    addPages(routes);
    dialogs.addTo(routes);
    errors.addTo(routes);
    routes.get("/console/<anything>", errors::notFound, Access.ANYONE);
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
        context ->
            new ActivityPage(pages, Parameters.group(context), Parameters.eventFilter(context)),
        tables::activity);
  }

  private void addFragments(RoutesConfig routes) {
    Fragments fragments = new Fragments(pages);
    String group = PageRoutes.ROOT + GROUP;
    routes.get(group + "/member-options", fragments::memberOptions, Access.ANYONE);
    routes.get(group + "/graph/members/{edge}", fragments::graphSide, Access.ANYONE);
    routes.get(group + "/members/{edge}/keys", fragments::keys, Access.ANYONE);
  }

  /** The path has the content's digest in it. */
  private void asset(Context context) {
    frame
        .assets()
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
