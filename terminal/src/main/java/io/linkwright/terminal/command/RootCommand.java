package io.linkwright.terminal.command;

import io.linkwright.domain.group.RevokedLinks;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.terminal.output.OutputException;
import io.linkwright.terminal.settings.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** The root of a command: exit codes, settings and the way arguments are read, for all below it. */
@Command(
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
      "    actor: alice                     # --actor, LINKWRIGHT_ACTOR"
    })
public abstract class RootCommand {
  private static final int USAGE_WIDTH = 100;

  private final Settings settings;

  /** A root whose commands may look at these settings. */
  protected RootCommand(Settings settings) {
    this.settings = settings;
  }

  /** The root that a command belongs to. */
  public static RootCommand of(CommandSpec command) {
    return (RootCommand) command.root().userObject();
  }

  /** What is set outside of the command line. */
  public Settings settings() {
    return settings;
  }

  /** The command with these below it, which writes to these two. */
  protected CommandLine commandLine(List<Class<?>> subcommands, PrintWriter out, PrintWriter err) {
    CommandLine command = new CommandLine(this);
    subcommands.forEach(command::addSubcommand);
    return command
        .setOut(out)
        .setErr(err)
        .setUsageHelpWidth(USAGE_WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new UsageReport())
        .setExecutionStrategy(RootCommand::run)
        .setExecutionExceptionHandler(new FailureReport())
        .registerConverter(GroupId.class, checked(GroupId::new))
        .registerConverter(EdgeId.class, checked(EdgeId::new))
        .registerConverter(LinkId.class, checked(LinkId::parse))
        .registerConverter(Topology.class, checked(Topology::parse))
        .registerConverter(RekeyInterval.class, checked(RekeyInterval::parse))
        .registerConverter(SaAlgorithm.class, checked(SaAlgorithm::parse))
        .registerConverter(Long.class, checked(RootCommand::revision))
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
