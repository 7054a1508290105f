package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.cli.client.ApiCommand;
import io.linkwright.cli.client.LinkwrightApi;
import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.RevokedLinks;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code linkwright member add|token|revoke}. */
@Command(
    name = "member",
    description = "Add a member, make it a new token, or cut off its device.",
    synopsisSubcommandLabel = "(add | token | revoke)",
    subcommands = {MemberCommand.Add.class, MemberCommand.Token.class, MemberCommand.Revoke.class})
final class MemberCommand {
  private MemberCommand() {}

  /** The group and the member. */
  static final class Subject {
    @Parameters(index = "0", paramLabel = "GROUP", description = "Id of the group")
    private GroupId group;

    @Parameters(index = "1", paramLabel = "EDGE", description = "Id of the edge")
    private EdgeId edge;

    private String members() {
      return "/v1/groups/%s/members".formatted(group);
    }

    private String member() {
      return members() + "/" + edge;
    }
  }

  /** How long a token counts. */
  static final class TimeToLive {
    @Option(
        names = "--ttl",
        paramLabel = "DURATION",
        description = "How long the token counts, as in PT30M or P7D. Default: PT24H")
    private Optional<String> text;

    private ObjectNode body() {
      ObjectNode body = LinkwrightApi.mapper().createObjectNode();
      text.ifPresent(given -> body.put("enrollmentTtl", given));
      return body;
    }
  }

  /** {@code linkwright member add}. */
  @Command(
      name = "add",
      description = "Add a member and print the one-time token its device joins with.")
  static final class Add implements Callable<Integer> {
    @Option(names = "--name", paramLabel = "NAME", description = "Display name. Default: the id")
    private Optional<String> name;

    @Option(
        names = "--endpoint",
        paramLabel = "HOST:PORT",
        description = "Where its peers reach it; leave out if they cannot")
    private Optional<String> endpoint;

    @Option(names = "--subnet", paramLabel = "CIDR", description = "A network behind it; repeat")
    private List<String> subnets = List.of();

    @Mixin private Subject subject;
    @Mixin private TimeToLive timeToLive;
    @Mixin private ServerOptions server;
    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
      ObjectNode body = timeToLive.body().put("edge", subject.edge.value());
      name.ifPresent(given -> body.put("name", given));
      endpoint.ifPresent(given -> body.put("endpoint", given));
      ArrayNode allowed = body.putArray("allowedSubnets");
      subnets.forEach(allowed::add);
      try (LinkwrightApi api = server.open()) {
        output.writeText(
            api.send(ApiCommand.post(subject.members(), body)),
            answer ->
                "added %s to %s, revision %s%n%s"
                    .formatted(
                        subject.edge,
                        subject.group,
                        answer.path("revision").asText(),
                        ticket(subject, server.address(), answer)));
      }
      return 0;
    }
  }

  /** {@code linkwright member token}. */
  @Command(
      name = "token",
      description = "Make a new token for a member without keys. An older one counts no more.")
  static final class Token implements Callable<Integer> {
    @Mixin private Subject subject;
    @Mixin private TimeToLive timeToLive;
    @Mixin private ServerOptions server;
    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
      try (LinkwrightApi api = server.open()) {
        output.writeText(
            api.send(ApiCommand.post(subject.member() + ":token", timeToLive.body())),
            answer -> ticket(subject, server.address(), answer));
      }
      return 0;
    }
  }

  /** {@code linkwright member revoke}. */
  @Command(
      name = "revoke",
      description = {
        "Cut off a member's device at once, as when it is lost. Its keys never count again.",
        "For a device in its place make a new token."
      })
  static final class Revoke implements Callable<Integer> {
    @Option(
        names = "--links",
        paramLabel = "WHAT",
        defaultValue = "keep",
        description = "keep: they wait for the next device. remove: they go. Default: keep")
    private RevokedLinks links;

    @Mixin private Subject subject;
    @Mixin private ServerOptions server;
    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
      ObjectNode body = LinkwrightApi.mapper().createObjectNode().put("links", links.label());
      try (LinkwrightApi api = server.open()) {
        output.writeText(
            api.send(ApiCommand.post(subject.member() + ":revoke", body)),
            answer ->
                "revoked %s in %s, revision %s%nFor its next device: linkwright member token %s %s"
                    .formatted(
                        subject.edge,
                        subject.group,
                        answer.path("revision").asText(),
                        subject.group,
                        subject.edge));
      }
      return 0;
    }
  }

  /** Shown once: nobody keeps the token. */
  private static String ticket(Subject subject, URI server, JsonNode answer) {
    return """

    Run this on the device. The token counts once, until %s, and is not shown again.

      ./linkwright edge join --server %s --group %s --edge %s --token %s

    Others on the device can read arguments: with --token - it is read from standard input.\
    """
        .formatted(
            answer.path("tokenExpiresAt").asText(),
            server,
            subject.group,
            subject.edge,
            answer.path("token").asText());
  }
}
