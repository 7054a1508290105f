package io.linkwright.cli.command;

import io.linkwright.cli.output.OutputException;
import io.linkwright.cli.settings.Settings;
import io.linkwright.domain.group.RevokedLinks;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.link.TunnelProtocol;
import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** The root of the command: names the subcommands and the exit codes. */
@Command(
    name = "linkwright",
    description = "Control plane for encrypted peering groups, event-sourced on Kafka.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    version = "linkwright 0.1.0",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it worked",
      "1:it failed: the server refused or did not answer, or a check did not hold",
      "2:the arguments or the configuration make no sense"
    },
    footerHeading = "%nSettings:%n",
    footer = {
      "  An option counts before a variable of the environment, that before the configuration"
          + " file.",
      "  The file is LINKWRIGHT_CONFIG, or linkwright/config.yaml in XDG_CONFIG_HOME or ~/.config:",
      "    server: http://127.0.0.1:8080    # --server, LINKWRIGHT_SERVER",
      "    actor: alice                     # --actor, LINKWRIGHT_ACTOR",
      "    api-token-file: /path/of/a/file  # --api-token-file; LINKWRIGHT_TOKEN is the token"
          + " itself"
    },
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      ServeCommand.class,
      ControllerKeyCommand.class,
      TokenCommand.class,
      WhoamiCommand.class,
      ImportCommand.class,
      ApplyCommand.class,
      GroupsCommand.class,
      GroupCommand.class,
      MembersCommand.class,
      MemberCommand.class,
      LinksCommand.class,
      LinkCommand.class,
      GraphCommand.class,
      EventsCommand.class,
      TailCommand.class,
      EdgeCommand.class,
      ReplayCommand.class,
      RecoverCommand.class,
      HealthCommand.class,
      ApiCallCommand.class,
      BenchCommand.class,
      CompletionCommand.class
    })
public final class LinkwrightCommand {
  private static final int USAGE_WIDTH = 100;

  private final Settings settings;

  private LinkwrightCommand(Settings settings) {
    this.settings = settings;
  }

  /** The command with all subcommands, writing to these two, with the settings of this process. */
  public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return commandLine(out, err, Settings.ofProcess());
  }

  /** The same with other settings. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err, Settings settings) {
    return new CommandLine(new LinkwrightCommand(settings))
        .setOut(out)
        .setErr(err)
        .setUsageHelpWidth(USAGE_WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new UsageReport())
        .setExecutionStrategy(LinkwrightCommand::run)
        .setExecutionExceptionHandler(new FailureReport())
        .registerConverter(GroupId.class, checked(GroupId::new))
        .registerConverter(EdgeId.class, checked(EdgeId::new))
        .registerConverter(LinkId.class, checked(LinkId::parse))
        .registerConverter(Topology.class, checked(Topology::parse))
        .registerConverter(RekeyInterval.class, checked(RekeyInterval::parse))
        .registerConverter(SaAlgorithm.class, checked(SaAlgorithm::parse))
        .registerConverter(Long.class, checked(LinkwrightCommand::revision))
        .registerConverter(TunnelProtocol.class, checked(TunnelProtocol::parse))
        .registerConverter(RevokedLinks.class, checked(RevokedLinks::parse));
  }

  /** A command has worked only if what it said has arrived. */
  private static int run(ParseResult parsed) {
    CommandLine command = parsed.commandSpec().commandLine();
    try {
      int exitCode = new CommandLine.RunLast().execute(parsed);
      OutputException.check(command.getOut());
      return exitCode;
    } catch (OutputException unwritten) {
      throw new CommandLine.ExecutionException(command, unwritten.getMessage(), unwritten);
    }
  }

  /** The root that a command belongs to. */
  static LinkwrightCommand of(CommandSpec command) {
    return (LinkwrightCommand) command.root().userObject();
  }

  Settings settings() {
    return settings;
  }

  /** Numbers that may be missing are revisions in all commands. */
  private static Long revision(String text) {
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException other) {
      throw new IllegalArgumentException("'%s' is no revision such as 12".formatted(text), other);
    }
  }

  /** The domain's own check becomes a usage error that says what is allowed. */
  private static <T> ITypeConverter<T> checked(Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (IllegalArgumentException refused) {
        throw new TypeConversionException(refused.getMessage());
      }
    };
  }
}
