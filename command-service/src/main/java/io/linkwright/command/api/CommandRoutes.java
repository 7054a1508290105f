package io.linkwright.command.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.member.TokenHash;
import io.linkwright.http.JsonBody;
import io.linkwright.http.Problem;
import io.linkwright.http.ProblemException;
import io.linkwright.http.RequestBody;
import io.linkwright.http.access.Access;
import io.linkwright.httpapi.ApiPaths;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The paths of the commands, and which command each stands for. */
public final class CommandRoutes {
  private static final byte[] EMPTY_OBJECT = {'{', '}'};

  private final CommandGateway gateway;

  /** Every command goes through {@code gateway}. */
  public CommandRoutes(CommandGateway gateway) {
    this.gateway = gateway;
  }

  /** Adds the paths. */
  public void addTo(RoutesConfig routes) {
    routes.post(
        ApiPaths.GROUPS, withBody((_, body) -> CommandBodies.createGroup(body)), Access.CHANGE);
    routes.patch(
        ApiPaths.GROUP,
        withBody((context, body) -> CommandBodies.changeGroup(group(context), body)),
        Access.CHANGE);
    routes.delete(
        ApiPaths.GROUP,
        withoutBody(context -> new GroupCommand.DeleteGroup(group(context))),
        Access.CHANGE);
    routes.post(
        ApiPaths.GROUP_RECOVER,
        withOptionalBody((context, body) -> CommandBodies.recoverGroup(group(context), body)),
        Access.ADMINISTER);
    routes.post(
        ApiPaths.GROUP_CHANGE,
        withBody(
            (context, body) -> StepBodies.changeContents(group(context), body, newToken(context))),
        Access.CHANGE);
    routes.post(
        ApiPaths.MEMBERS,
        withBody(
            (context, body) -> CommandBodies.addMember(group(context), body, newToken(context))),
        Access.CHANGE);
    routes.patch(
        ApiPaths.MEMBER,
        withBody(
            (context, body) -> CommandBodies.changeMember(group(context), edge(context), body)),
        Access.CHANGE);
    routes.delete(
        ApiPaths.MEMBER,
        withoutBody(context -> new GroupCommand.RemoveMember(group(context), edge(context))),
        Access.CHANGE);
    addEnrollmentTo(routes);
    routes.post(
        ApiPaths.MEMBER_REKEY,
        withoutBody(context -> new GroupCommand.RekeyMember(group(context), edge(context))),
        Access.CHANGE);
    routes.post(
        ApiPaths.MEMBER_RENEW,
        withBody(
            (context, body) ->
                RenewalBodies.renewKeys(context, group(context), edge(context), body)),
        Access.OWN_PROOF);
    routes.post(
        ApiPaths.LINKS,
        withBody((context, body) -> CommandBodies.addLink(group(context), body)),
        Access.CHANGE);
    routes.post(
        ApiPaths.LINKS_BATCH,
        withBody((context, body) -> CommandBodies.changeLinks(group(context), body)),
        Access.CHANGE);
    routes.delete(
        ApiPaths.LINK,
        withoutBody(context -> new GroupCommand.RemoveLink(group(context), link(context))),
        Access.CHANGE);
    routes.post(
        ApiPaths.LINK_REKEY,
        withoutBody(context -> new GroupCommand.RekeyLink(group(context), link(context))),
        Access.CHANGE);
  }

  private void addEnrollmentTo(RoutesConfig routes) {
    routes.post(
        ApiPaths.MEMBER_TOKEN,
        withOptionalBody(
            (context, body) ->
                CommandBodies.inviteMember(group(context), edge(context), body, newToken(context))),
        Access.CHANGE);
    routes.post(
        ApiPaths.MEMBER_ENROLL,
        withBody(
            (context, body) -> {
              // If it succeeds, the token and the keys have shown that it is this edge.
              RequestHeaders.prove(context, edge(context));
              return CommandBodies.enrollMember(group(context), edge(context), body);
            }),
        Access.OWN_PROOF);
    routes.post(
        ApiPaths.MEMBER_REVOKE,
        withOptionalBody(
            (context, body) -> CommandBodies.revokeMember(group(context), edge(context), body)),
        Access.CHANGE);
  }

  private Function<EdgeId, TokenHash> newToken(Context context) {
    return edge -> gateway.newToken(context, group(context), edge);
  }

  private Handler withBody(BiFunction<Context, JsonBody, GroupCommand> reader) {
    return context -> {
      gateway.checkHead(context);
      byte[] body = RequestBody.read(context);
      gateway.handle(context, body, reader.apply(context, JsonBody.of(context, body)));
    };
  }

  /** No body is as good as an empty object. */
  private Handler withOptionalBody(BiFunction<Context, JsonBody, GroupCommand> reader) {
    return context -> {
      gateway.checkHead(context);
      byte[] body = RequestBody.read(context);
      JsonBody read = body.length > 0 ? JsonBody.of(context, body) : JsonBody.parse(EMPTY_OBJECT);
      gateway.handle(context, body, reader.apply(context, read));
    };
  }

  /** An empty object is as good as no body: many clients always send one. */
  private Handler withoutBody(Function<Context, GroupCommand> reader) {
    return withOptionalBody(
        (context, body) -> {
          body.done();
          return reader.apply(context);
        });
  }

  private static GroupId group(Context context) {
    return parameter(context, ApiPaths.GROUP_ID, GroupId::new);
  }

  private static EdgeId edge(Context context) {
    return parameter(context, ApiPaths.EDGE_ID, EdgeId::new);
  }

  private static LinkId link(Context context) {
    return parameter(context, ApiPaths.LINK_ID, LinkId::parse);
  }

  private static <T> T parameter(Context context, String name, Function<String, T> parser) {
    try {
      return parser.apply(context.pathParam(name));
    } catch (IllegalArgumentException wrongForm) {
      throw new ProblemException(Problem.invalid(name, wrongForm.getMessage()));
    }
  }
}
