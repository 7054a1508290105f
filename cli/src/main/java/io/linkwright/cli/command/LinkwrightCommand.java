package io.linkwright.cli.command;

import io.linkwright.domain.EdgeId;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.RevokedLinks;
import io.linkwright.domain.TunnelProtocol;
import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
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
      "2:the arguments make no sense"
    },
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      ServeCommand.class,
      ImportCommand.class,
      GroupsCommand.class,
      MembersCommand.class,
      MemberCommand.class,
      LinksCommand.class,
      LinkCommand.class,
      EdgeCommand.class,
      TailCommand.class,
      BenchCommand.class,
      CompletionCommand.class
    })
public final class LinkwrightCommand {
  private static final int USAGE_WIDTH = 100;

  private LinkwrightCommand() {}

  /** The command with all subcommands, writing to these two. */
  public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new CommandLine(new LinkwrightCommand())
        .setOut(out)
        .setErr(err)
        .setUsageHelpWidth(USAGE_WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new UsageReport())
        .setExecutionExceptionHandler(new FailureReport())
        .registerConverter(GroupId.class, checked(GroupId::new))
        .registerConverter(EdgeId.class, checked(EdgeId::new))
        .registerConverter(LinkId.class, checked(LinkId::parse))
        .registerConverter(TunnelProtocol.class, checked(TunnelProtocol::parse))
        .registerConverter(RevokedLinks.class, checked(RevokedLinks::parse));
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
