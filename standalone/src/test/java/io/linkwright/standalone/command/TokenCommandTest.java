package io.linkwright.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.http.access.StaticToken;
import io.linkwright.http.access.TokenFile;
import io.linkwright.terminal.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code linkwright token}: what is shown, and what is kept. */
final class TokenCommandTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("tokens.json");
  }

  @Test
  void aTokenIsShownOnceAndKeptAsItsHash() throws Exception {
    CliOutcome made = token("create", "ci", "--role", "operator", "--group", "west-*");
    String shown = made.out().strip();

    assertThat(shown).startsWith(StaticToken.PREFIX);
    assertThat(TokenFile.entries(file))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.name()).isEqualTo("ci");
              assertThat(entry.sha256()).isEqualTo(StaticToken.hash(shown));
            });
    assertThat(Files.readString(file)).doesNotContain(shown);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(token("list").out()).contains("ci", "operator", "west-*", "never");
    assertThat(token("list").out()).doesNotContain(shown, StaticToken.hash(shown));
  }

  @Test
  void aTokenIsTakenBack() throws Exception {
    token("create", "one", "--role", "viewer");
    token("create", "two", "--role", "admin", "--ttl", "P90D");

    assertThat(token("revoke", "one").exitCode()).isZero();

    assertThat(TokenFile.entries(file)).extracting(entry -> entry.name()).containsExactly("two");
    assertThat(token("revoke", "one"))
        .satisfies(again -> assertThat(again.exitCode()).isEqualTo(1))
        .satisfies(again -> assertThat(again.err()).contains("has no token 'one'"));
  }

  @Test
  void whatMakesNoSenseIsRefusedAndNothingIsWritten() {
    assertThat(token("create", "a", "--role", "vewer").err()).contains("'vewer' is no role");
    assertThat(token("create", "a", "--role", "operator").err()).contains("needs the groups");
    assertThat(token("create", "a b", "--role", "viewer").err()).contains("no name of a token");
    assertThat(token("create", "a", "--role", "viewer", "--group", "x").err())
        .contains("groups are for operators");
    assertThat(file).doesNotExist();
  }

  @Test
  void twoTokensOfOneNameAreRefused() {
    token("create", "ci", "--role", "viewer");

    CliOutcome again = token("create", "ci", "--role", "admin");

    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("has a token 'ci' already");
  }

  private CliOutcome token(String... arguments) {
    List<String> all = new ArrayList<>(List.of("token"));
    all.addAll(List.of(arguments));
    all.add("--tokens=" + file);
    return CliOutcome.of(new Settings(Map.of(), directory), all.toArray(String[]::new));
  }
}
