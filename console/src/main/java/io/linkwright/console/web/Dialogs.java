package io.linkwright.console.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.linkwright.console.form.AddLinkDialog;
import io.linkwright.console.form.AddMemberDialog;
import io.linkwright.console.form.CreateGroupDialog;
import io.linkwright.console.form.DeleteGroupDialog;
import io.linkwright.console.form.FormScope;
import io.linkwright.console.form.InviteMemberDialog;
import io.linkwright.console.form.RekeyLinkDialog;
import io.linkwright.console.form.RemoveLinkDialog;
import io.linkwright.console.form.RemoveMemberDialog;
import io.linkwright.console.form.RevokeMemberDialog;
import io.linkwright.console.form.SettingsDialog;
import io.linkwright.http.access.Access;

/** The dialogs and their paths. */
final class Dialogs {
  private static final String GROUP = PageRoutes.ROOT + ConsoleRoutes.GROUP;
  private static final String MEMBER = GROUP + "/members/{edge}";
  private static final String LINK = GROUP + "/links/{link}";

  private final FormScope forms;
  private final DialogRoutes dialogs;

  Dialogs(FormScope forms, FormGuard guard) {
    this.forms = forms;
    this.dialogs = new DialogRoutes(guard);
  }

  void addTo(RoutesConfig routes) {
    dialogs.add(
        routes,
        PageRoutes.ROOT + "/create-group",
        context -> new CreateGroupDialog(forms(context)));
    dialogs.add(routes, GROUP + "/settings", this::settings);
    routes.get(GROUP + "/settings/links", this::consequences, Access.ANYONE);
    dialogs.add(
        routes,
        GROUP + "/delete",
        context -> new DeleteGroupDialog(forms(context), Parameters.group(context)));
    addLinks(routes);
    addMembers(routes);
  }

  private void addLinks(RoutesConfig routes) {
    dialogs.add(routes, GROUP + "/add-link", this::addLink);
    routes.get(GROUP + "/add-link/peers", this::peers, Access.ANYONE);
    dialogs.add(
        routes,
        LINK + "/rekey",
        context ->
            new RekeyLinkDialog(
                forms(context), Parameters.group(context), Parameters.link(context)));
    dialogs.add(
        routes,
        LINK + "/remove",
        context ->
            new RemoveLinkDialog(
                forms(context), Parameters.group(context), Parameters.link(context)));
  }

  private void addMembers(RoutesConfig routes) {
    dialogs.add(
        routes,
        GROUP + "/add-member",
        context -> new AddMemberDialog(forms(context), Parameters.group(context)));
    dialogs.add(
        routes,
        MEMBER + "/invite",
        context ->
            new InviteMemberDialog(
                forms(context), Parameters.group(context), Parameters.edge(context)));
    dialogs.add(
        routes,
        MEMBER + "/revoke",
        context ->
            new RevokeMemberDialog(
                forms(context), Parameters.group(context), Parameters.edge(context)));
    dialogs.add(
        routes,
        MEMBER + "/remove",
        context ->
            new RemoveMemberDialog(
                forms(context), Parameters.group(context), Parameters.edge(context)));
  }

  /** Of a visitor, or of the console where nobody signs in. */
  private FormScope forms(Context context) {
    return forms.sentBy(SignIn.session(context).map(Sessions.Session::token));
  }

  private AddLinkDialog addLink(Context context) {
    return new AddLinkDialog(forms(context), Parameters.group(context));
  }

  private SettingsDialog settings(Context context) {
    return new SettingsDialog(forms(context), Parameters.group(context));
  }

  private void peers(Context context) {
    DialogRoutes.write(context, 200, addLink(context).peerField(dialogs.given(context)));
  }

  private void consequences(Context context) {
    DialogRoutes.write(context, 200, settings(context).consequences(dialogs.given(context)));
  }
}
