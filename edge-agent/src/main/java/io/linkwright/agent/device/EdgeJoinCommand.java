package io.linkwright.agent.device;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.member.EnrollmentToken;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.terminal.command.CommandFailure;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.command.ServerOptions;
import io.linkwright.terminal.output.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code linkwright edge join}. */
@Command(
    name = "join",
    description = {
      "Enroll this machine as a member's edge, with the one-time token of the operator.",
      "Makes the keys, registers their public halves, and trusts this controller from now on."
    })
final class EdgeJoinCommand implements Callable<Integer> {
  /** Longer than any token, with room for blanks around it. */
  private static final int MAX_TOKEN_BYTES = 1_024;

  @Spec private CommandSpec command;

  @Option(names = "--group", required = true, paramLabel = "GROUP", description = "The group")
  private GroupId group;

  @Option(names = "--edge", required = true, paramLabel = "EDGE", description = "Which member")
  private EdgeId edge;

  @ArgGroup(multiplicity = "1")
  private TokenSource token;

  @Option(
      names = "--new-keys",
      description =
          "Make new keys: the old ones were revoked. In other groups the edge has to join again")
  private boolean newKeys;

  @Mixin private StateDirectoryOption state;
  @Mixin private ServerOptions server;
  @Mixin private OutputOptions output;

  /** Where the token comes from; other users of the machine can see the arguments. */
  static final class TokenSource {
    @Option(
        names = "--token",
        paramLabel = "TOKEN",
        description = "The token; - reads it from standard input, where nobody else sees it")
    private String text;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with the token")
    private Path file;
  }

  @Override
  public Integer call() {
    EdgeHome home = state.home();
    EdgeJoin.Ticket ticket = new EdgeJoin.Ticket(server.address(), group, edge, token());
    EdgeProfile profile;
    try (LinkwrightApi api = server.open()) {
      profile =
          new EdgeJoin(home, api).join(ticket, newKeys ? EdgeJoin.Keys.RENEW : EdgeJoin.Keys.KEEP);
    }
    output.writeText(
        LinkwrightApi.mapper()
            .createObjectNode()
            .put("edge", edge.value())
            .put("group", group.value())
            .put("stateDirectory", home.directory().toString())
            .put("controllerKeyId", profile.controller().keyId()),
        this::text);
    return 0;
  }

  private String text(JsonNode joined) {
    return """
    %s is enrolled in %s.

      Kept in           %s
      Controller key    %s, pinned

    Next: %s run --state-dir %s\
    """
        .formatted(
            joined.path("edge").asText(),
            joined.path("group").asText(),
            joined.path("stateDirectory").asText(),
            joined.path("controllerKeyId").asText(),
            command.parent().qualifiedName(),
            joined.path("stateDirectory").asText());
  }

  private EnrollmentToken token() {
    String text = token.file != null ? read(token.file) : token.text;
    try {
      return EnrollmentToken.parse("-".equals(text) ? read(System.in) : text);
    } catch (IllegalArgumentException malformed) {
      throw new ParameterException(
          command.commandLine(), "what was given " + malformed.getMessage(), malformed);
    }
  }

  private static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    } catch (IOException unreadable) {
      throw new CommandFailure(
          "the token cannot be read: " + FileFault.words(unreadable), unreadable);
    }
  }

  private static String read(InputStream in) {
    try {
      return new String(in.readNBytes(MAX_TOKEN_BYTES), StandardCharsets.US_ASCII).strip();
    } catch (IOException unreadable) {
      throw new CommandFailure(
          "the token cannot be read: " + FileFault.words(unreadable), unreadable);
    }
  }
}
