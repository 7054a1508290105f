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
import java.util.function.BiFunction;
import java.util.function.Function;

/** The paths of the commands, and which command each stands for. */
public final class CommandRoutes {
  private static final String GROUPS = "/v1/groups";
  private static final String GROUP = GROUPS + "/{group}";
  private static final String MEMBERS = GROUP + "/members";
  private static final String MEMBER = MEMBERS + "/{edge}";
  private static final String LINKS = GROUP + "/links";
  private static final String LINK = LINKS + "/{link}";
  private static final byte[] EMPTY_OBJECT = {'{', '}'};

  private final CommandGateway gateway;

  /** Every command goes through {@code gateway}. */
  public CommandRoutes(CommandGateway gateway) {
    this.gateway = gateway;
  }

  /** Adds the paths. */
  public void addTo(RoutesConfig routes) {
    routes.post(GROUPS, withBody((_, body) -> CommandBodies.createGroup(body)), Access.CHANGE);
    routes.patch(
        GROUP,
        withBody((context, body) -> CommandBodies.changeGroup(group(context), body)),
        Access.CHANGE);
    routes.delete(
        GROUP, withoutBody(context -> new GroupCommand.DeleteGroup(group(context))), Access.CHANGE);
    routes.post(
        GROUP + ":recover",
        withOptionalBody((context, body) -> CommandBodies.recoverGroup(group(context), body)),
        Access.ADMINISTER);
    routes.post(
        GROUP + ":change",
        withBody(
            (context, body) -> StepBodies.changeContents(group(context), body, newToken(context))),
        Access.CHANGE);
    routes.post(
        MEMBERS,
        withBody(
            (context, body) -> CommandBodies.addMember(group(context), body, newToken(context))),
        Access.CHANGE);
    routes.patch(
        MEMBER,
        withBody(
            (context, body) -> CommandBodies.changeMember(group(context), edge(context), body)),
        Access.CHANGE);
    routes.delete(
        MEMBER,
        withoutBody(context -> new GroupCommand.RemoveMember(group(context), edge(context))),
        Access.CHANGE);
    addEnrollmentTo(routes);
    routes.post(
        MEMBER + ":rekey",
        withoutBody(context -> new GroupCommand.RekeyMember(group(context), edge(context))),
        Access.CHANGE);
    routes.post(
        MEMBER + ":renew",
        withBody(
            (context, body) ->
                RenewalBodies.renewKeys(context, group(context), edge(context), body)),
        Access.OWN_PROOF);
    routes.post(
        LINKS,
        withBody((context, body) -> CommandBodies.addLink(group(context), body)),
        Access.CHANGE);
    routes.post(
        LINKS + ":batch",
        withBody((context, body) -> CommandBodies.changeLinks(group(context), body)),
        Access.CHANGE);
    routes.delete(
        LINK,
        withoutBody(context -> new GroupCommand.RemoveLink(group(context), link(context))),
        Access.CHANGE);
    routes.post(
        LINK + ":rekey",
        withoutBody(context -> new GroupCommand.RekeyLink(group(context), link(context))),
        Access.CHANGE);
  }

  private void addEnrollmentTo(RoutesConfig routes) {
    routes.post(
        MEMBER + ":token",
        withOptionalBody(
            (context, body) ->
                CommandBodies.inviteMember(group(context), edge(context), body, newToken(context))),
        Access.CHANGE);
    routes.post(
        MEMBER + ":enroll",
        withBody(
            (context, body) -> {
              // If it succeeds, the token and the keys have shown that it is this edge.
              RequestHeaders.prove(context, edge(context));
              return CommandBodies.enrollMember(group(context), edge(context), body);
            }),
        Access.OWN_PROOF);
    routes.post(
        MEMBER + ":revoke",
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
    return parameter(context, "group", GroupId::new);
  }

  private static EdgeId edge(Context context) {
    return parameter(context, "edge", EdgeId::new);
  }

  private static LinkId link(Context context) {
    return parameter(context, "link", LinkId::parse);
  }

  private static <T> T parameter(Context context, String name, Function<String, T> parser) {
    try {
      return parser.apply(context.pathParam(name));
    } catch (IllegalArgumentException wrongForm) {
      throw new ProblemException(Problem.invalid(name, wrongForm.getMessage()));
    }
  }
}
