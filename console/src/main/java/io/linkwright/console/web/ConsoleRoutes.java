package io.linkwright.console.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.linkwright.console.form.AddLinkDialog;
import io.linkwright.console.form.AddMemberDialog;
import io.linkwright.console.form.CreateGroupDialog;
import io.linkwright.console.form.FormScope;
import io.linkwright.console.form.FormState;
import io.linkwright.console.form.InviteMemberDialog;
import io.linkwright.console.form.RemoveLinkDialog;
import io.linkwright.console.form.RemoveMemberDialog;
import io.linkwright.console.form.SwitchToMeshDialog;
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
import java.util.Map;
import java.util.Optional;

/** All paths of the console. */
public final class ConsoleRoutes {
  private static final String GROUP = "/groups/{group}";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final PageScope pages;
  private final FormScope forms;
  private final Assets assets;
  private final FormGuard guard = new FormGuard(new CsrfTokens(new SecureRandom()));
  private final PageRoutes pageRoutes;
  private final DialogRoutes dialogRoutes;
  private final ErrorPages errors;

  /** What keeps open pages current. */
  public record Live(RecentSnapshots recent, LiveStreams streams) {}

  /** Pages and dialogs over these. */
  public ConsoleRoutes(PageScope pages, FormScope forms, Live live, Assets assets) {
    this.pages = pages;
    this.forms = forms;
    this.assets = assets;
    this.pageRoutes = new PageRoutes(live, pages.templates(), assets);
    this.dialogRoutes = new DialogRoutes(guard);
    this.errors = new ErrorPages(pages.templates(), assets);
  }

  /** Adds them. */
  public void addTo(RoutesConfig routes) {
    routes.before("/console*", SecurityHeaders::addTo);
    routes.get("/", context -> context.redirect(PageRoutes.ROOT));
    routes.get(Assets.PATH + "/<file>", this::asset);
    addPages(routes);
    addGroupPages(routes);
    addDialogs(routes);
    errors.addTo(routes);
    routes.get("/console/<anything>", errors::notFound);
  }

  private void addPages(RoutesConfig routes) {
    pageRoutes.add(routes, "", context -> new GroupsPage(pages, Parameters.afterSlug(context)));
    pageRoutes.add(
        routes,
        GROUP,
        context -> new LinksPage(pages, Parameters.group(context), linkFilter(context)));
  }

  private void addGroupPages(RoutesConfig routes) {
    pageRoutes.add(
        routes,
        GROUP + "/members",
        context ->
            new MembersPage(pages, Parameters.group(context), Parameters.afterSlug(context)));
    pageRoutes.add(
        routes,
        GROUP + "/members/{edge}",
        context -> new MemberPage(pages, Parameters.group(context), Parameters.edge(context)));
    pageRoutes.add(
        routes, GROUP + "/graph", context -> new GraphPage(pages, Parameters.group(context)));
    Fragments fragments = new Fragments(pages);
    routes.get(PageRoutes.ROOT + GROUP + "/graph/members/{edge}", fragments::graphSide);
    routes.get(PageRoutes.ROOT + GROUP + "/members/{edge}/keys", fragments::keys);
    pageRoutes.add(
        routes,
        GROUP + "/activity",
        context -> new ActivityPage(pages, Parameters.group(context), activityFilter(context)));
  }

  private void addDialogs(RoutesConfig routes) {
    String group = PageRoutes.ROOT + GROUP;
    dialogRoutes.add(routes, "/console/create-group", _ -> new CreateGroupDialog(forms));
    dialogRoutes.add(routes, group + "/add-link", this::addLink);
    routes.get(group + "/add-link/peers", this::peers);
    dialogRoutes.add(
        routes,
        group + "/links/{link}/remove",
        context ->
            new RemoveLinkDialog(forms, Parameters.group(context), Parameters.link(context)));
    dialogRoutes.add(
        routes,
        group + "/add-member",
        context -> new AddMemberDialog(forms, Parameters.group(context)));
    dialogRoutes.add(
        routes,
        group + "/members/{edge}/invite",
        context ->
            new InviteMemberDialog(forms, Parameters.group(context), Parameters.edge(context)));
    dialogRoutes.add(
        routes,
        group + "/members/{edge}/remove",
        context ->
            new RemoveMemberDialog(forms, Parameters.group(context), Parameters.edge(context)));
    dialogRoutes.add(
        routes,
        group + "/switch-to-mesh",
        context -> new SwitchToMeshDialog(forms, Parameters.group(context)));
  }

  private AddLinkDialog addLink(Context context) {
    return new AddLinkDialog(forms, Parameters.group(context));
  }

  private void peers(Context context) {
    Map<String, String> chosen =
        Parameters.query(context, "edgeA").map(edge -> Map.of("edgeA", edge)).orElse(Map.of());
    DialogRoutes.write(
        context, 200, addLink(context).peerField(FormState.filled(guard.token(context), chosen)));
  }

  private static LinksPage.Filter linkFilter(Context context) {
    return new LinksPage.Filter(
        Parameters.edgeFilter(context),
        Parameters.afterLink(context),
        Parameters.positive(context, "from", 1));
  }

  private static ActivityPage.Filter activityFilter(Context context) {
    long until = Parameters.positive(context, "until", 0);
    return new ActivityPage.Filter(
        Optional.of(until).filter(revision -> revision > 0), Parameters.query(context, "text"));
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
