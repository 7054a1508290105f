package io.linkwright.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.cli.output.OutputFormat;
import io.linkwright.cli.output.Table;
import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For whom a command writes. */
final class OutputOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table for people, json for programs. Default: table")
  private OutputFormat format;

  /** Writes the answer itself, or what {@code table} makes of it. */
  void write(JsonNode answer, Function<JsonNode, Table> table) {
    writeText(answer, node -> table.apply(node).render(""));
  }

  /** Writes the answer itself, or what {@code text} makes of it. */
  void writeText(JsonNode answer, Function<JsonNode, String> text) {
    switch (format) {
      case TABLE -> out().println(text.apply(answer));
      case JSON -> out().println(answer.toPrettyString());
    }
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }
}
