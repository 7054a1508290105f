package io.linkwright.terminal.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.httpapi.client.Answer;
import io.linkwright.httpapi.receipt.CommandReceipt;
import io.linkwright.httpapi.receipt.DryRunReceipt;
import io.linkwright.terminal.output.OutputException;
import io.linkwright.terminal.output.OutputFormat;
import io.linkwright.terminal.output.Table;
import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For whom a command writes. */
public final class OutputOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table for people, json or yaml for programs. Default: table")
  private OutputFormat format;

  /** What was chosen. */
  public OutputFormat format() {
    return format;
  }

  /** Writes the answer itself, or what {@code table} makes of it. */
  public void write(JsonNode answer, Function<JsonNode, Table> table) {
    writeText(answer, node -> table.apply(node).render(""));
  }

  /** Writes the answer itself, or what {@code text} makes of it. */
  public void writeText(JsonNode answer, Function<JsonNode, String> text) {
    out().println(format.of(answer, text));
    OutputException.check(out());
  }

  /** Writes an answer as it stands, or what {@code text} makes of what is known of it. */
  public <T> void writeText(Answer<T> answer, Function<T, String> text) {
    out().println(format.of(answer, text));
    OutputException.check(out());
  }

  /** Writes what is for people only, as what comes before the answer. */
  public void writeForPeople(JsonNode report, Function<JsonNode, String> text) {
    if (format == OutputFormat.TABLE) {
      writeText(report, text);
    }
  }

  /** Writes what a command did, or would have done, as {@code text} tells it. */
  public <T extends CommandReceipt> void writeOutcome(Answer<T> answer, Function<T, String> text) {
    String dryRun = DryRunReceipt.isOne(answer.json()) ? "dry run, nothing is changed: " : "";
    writeText(answer, receipt -> dryRun + text.apply(receipt));
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }
}
