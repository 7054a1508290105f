package io.linkwright.standalone.command;

import static io.linkwright.terminal.output.Table.left;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.edgeprotocol.PrivateFiles;
import io.linkwright.http.access.Grant;
import io.linkwright.http.access.Role;
import io.linkwright.http.access.StaticToken;
import io.linkwright.http.access.TokenEntry;
import io.linkwright.http.access.TokenFile;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.terminal.command.CommandFailure;
import io.linkwright.terminal.command.OutputOptions;
import io.linkwright.terminal.output.FileFault;
import io.linkwright.terminal.output.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code linkwright token}. */
@Command(
    name = "token",
    description = {
      "Make and take back tokens of people and programs.",
      "They are in a file beside the services, which only has their hashes: see --tokens of up and"
          + " serve."
    },
    synopsisSubcommandLabel = "(create | list | revoke)",
    subcommands = {
      TokenCommand.Create.class,
      TokenCommand.ListAll.class,
      TokenCommand.Revoke.class
    })
final class TokenCommand {
  private static final String DEFAULT_FILE = "tokens.json";

  private TokenCommand() {}

  /** {@code linkwright token create}. */
  @Command(
      name = "create",
      description = {
        "Make a token and show it, this once.",
        "Who has it proves by it to be NAME: in LINKWRIGHT_TOKEN, in a file (--api-token-file), or"
            + " as Authorization: Bearer TOKEN."
      })
  static final class Create implements Callable<Integer> {
    @Spec private CommandSpec command;
    @Mixin private FileOption file;
    @Mixin private OutputOptions output;

    @Parameters(index = "0", paramLabel = "NAME", description = "Whom the log names")
    private String name;

    @Option(
        names = "--role",
        required = true,
        paramLabel = "ROLE",
        description = "viewer, auditor (sees also who did what), operator or admin")
    private String role;

    @Option(
        names = "--group",
        paramLabel = "GROUP",
        description = {
          "Of an operator: a group that it may change; * stands for any part, as in 'west-*'.",
          "May be given several times"
        })
    private List<String> groups = List.of();

    @Option(
        names = "--ttl",
        paramLabel = "DURATION",
        description = "After which it counts no more, as in P90D or PT12H. Default: never")
    private Optional<Duration> timeToLive;

    @Override
    public Integer call() {
      String token = StaticToken.make(new SecureRandom());
      TokenEntry entry = entry(StaticToken.hash(token));
      List<TokenEntry> entries = new ArrayList<>(file.read());
      if (entries.stream().anyMatch(known -> known.name().equals(name))) {
        throw new CommandFailure("%s has a token '%s' already".formatted(file, name));
      }
      entries.add(entry);
      file.write(entries);
      output.writeText(
          LinkwrightApi.mapper().createObjectNode().put("name", name).put("token", token),
          _ -> token);
      return 0;
    }

    private TokenEntry entry(String hash) {
      try {
        return new TokenEntry(
            name,
            new Grant(Role.parse(role), groups),
            hash,
            timeToLive.map(life -> Instant.now().plus(life)));
      } catch (IllegalArgumentException refused) {
        throw new ParameterException(command.commandLine(), refused.getMessage(), refused);
      }
    }
  }

  /** {@code linkwright token list}. */
  @Command(name = "list", description = "List the tokens, which nobody can see again.")
  static final class ListAll implements Callable<Integer> {
    @Mixin private FileOption file;
    @Mixin private OutputOptions output;

    @Override
    public Integer call() {
      ObjectNode report = LinkwrightApi.mapper().createObjectNode();
      ArrayNode rows = report.putArray("tokens");
      for (TokenEntry entry : file.read()) {
        ObjectNode row = rows.addObject().put("name", entry.name());
        row.put("role", entry.grant().role().label());
        ArrayNode groups = row.putArray("groups");
        entry.grant().groups().forEach(groups::add);
        row.put("expiresAt", entry.expiresAt().map(Instant::toString).orElse(null));
      }
      output.writeText(report, ListAll::table);
      return 0;
    }

    private static String table(JsonNode report) {
      Table table = new Table(left("NAME"), left("ROLE"), left("GROUPS"), left("EXPIRES"));
      for (JsonNode row : report.path("tokens")) {
        table.row(
            row.path("name").asText(),
            row.path("role").asText(),
            row.path("groups").isEmpty()
                ? "all"
                : row.path("groups")
                    .valueStream()
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(",")),
            row.path("expiresAt").isNull() ? "never" : row.path("expiresAt").asText());
      }
      return table.render("no tokens");
    }
  }

  /** {@code linkwright token revoke}. */
  @Command(name = "revoke", description = "Take a token back: within a second it counts no more.")
  static final class Revoke implements Callable<Integer> {
    @Mixin private FileOption file;
    @Mixin private OutputOptions output;

    @Parameters(index = "0", paramLabel = "NAME", description = "Of the token")
    private String name;

    @Override
    public Integer call() {
      List<TokenEntry> entries = new ArrayList<>(file.read());
      if (!entries.removeIf(entry -> entry.name().equals(name))) {
        throw new CommandFailure("%s has no token '%s'".formatted(file, name));
      }
      file.write(entries);
      output.writeText(
          LinkwrightApi.mapper().createObjectNode().put("revoked", name),
          _ -> "revoked token %s".formatted(name));
      return 0;
    }
  }

  /** Where the tokens are. */
  static final class FileOption {
    @Option(
        names = "--tokens",
        paramLabel = "FILE",
        defaultValue = DEFAULT_FILE,
        description = "The file of tokens. Default: ${DEFAULT-VALUE}")
    private Path file;

    /** A file that is not there has no tokens. */
    private List<TokenEntry> read() {
      try {
        return Files.exists(file) ? TokenFile.entries(file) : List.of();
      } catch (IOException unreadable) {
        throw new CommandFailure("%s: %s".formatted(file, FileFault.words(unreadable)), unreadable);
      } catch (IllegalArgumentException malformed) {
        throw new CommandFailure(malformed.getMessage(), malformed);
      }
    }

    private void write(List<TokenEntry> entries) {
      try {
        PrivateFiles.replace(file, TokenFile.text(entries));
      } catch (IOException unwritten) {
        throw new CommandFailure("%s: %s".formatted(file, FileFault.words(unwritten)), unwritten);
      }
    }

    @Override
    public String toString() {
      return file.toString();
    }
  }
}
