package io.linkwright.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.terminal.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command wrote, and how it ended. */
record CliOutcome(int exitCode, String out, String err) {

  static CliOutcome of(Settings settings, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        AllCommands.commandLine(new PrintWriter(out, true), new PrintWriter(err, true), settings)
            .execute(arguments);
    return new CliOutcome(exitCode, out.toString(), err.toString());
  }

  JsonNode json() {
    return json(0);
  }

  /** What it wrote when it ended so. */
  JsonNode json(int expectedCode) {
    assertThat(exitCode).as(err).isEqualTo(expectedCode);
    try {
      return LinkwrightApi.mapper().readTree(out);
    } catch (JsonProcessingException noJson) {
      throw new AssertionError(out, noJson);
    }
  }
}
