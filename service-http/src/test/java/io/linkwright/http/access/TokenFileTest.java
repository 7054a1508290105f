package io.linkwright.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens of the installation's own, in a file. */
final class TokenFileTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final String TOKEN = StaticToken.make(new SecureRandom());

  @TempDir private Path directory;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final AtomicLong nanos = new AtomicLong();
  private int writes;

  @Test
  void aTokenIsWhoTheFileSays() throws Exception {
    TokenFile file = open(entry("ci", new Grant(Role.OPERATOR, List.of("west-*")), TOKEN));

    Caller caller = file.caller(TOKEN);

    assertThat(caller.actor()).isEqualTo("token:ci");
    assertThat(caller.may(Access.CHANGE)).isTrue();
    assertThat(caller.mayChange("west-1")).isTrue();
    assertThat(caller.mayChange("east-1")).isFalse();
    assertThat(caller.may(Access.ADMINISTER)).isFalse();
  }

  @Test
  void theFileHoldsNoToken() throws Exception {
    open(entry("ci", Grant.of(Role.VIEWER), TOKEN));

    assertThat(Files.readString(directory.resolve("tokens.json")))
        .doesNotContain(TOKEN, TOKEN.substring(StaticToken.PREFIX.length()));
  }

  @Test
  void whatIsNotThereOrHasExpiredIsNotBelieved() throws Exception {
    TokenFile file =
        open(
            new TokenEntry(
                "ci",
                Grant.of(Role.VIEWER),
                StaticToken.hash(TOKEN),
                Optional.of(NOW.plusSeconds(60))));

    assertThat(file.caller(TOKEN).actor()).isEqualTo("token:ci");
    now.set(NOW.plusSeconds(60));
    assertThatThrownBy(() -> file.caller(TOKEN)).hasMessageContaining("expired");
    assertThatThrownBy(() -> file.caller(TOKEN + "x")).isInstanceOf(NotBelievedException.class);
  }

  @Test
  void aChangeCountsWithinASecondAndABrokenOneLeavesWhatWas() throws Exception {
    TokenFile file = open(entry("ci", Grant.of(Role.VIEWER), TOKEN));
    String other = StaticToken.make(new SecureRandom());

    write("{\"tokens\": [{\"name\": \"ci\", \"role\": \"vewer\"");
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(file.caller(TOKEN).actor()).isEqualTo("token:ci");

    write(entry("new", Grant.of(Role.ADMIN), other));
    assertThat(file.caller(TOKEN)).isNotNull();
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());

    assertThat(file.caller(other).actor()).isEqualTo("token:new");
    assertThatThrownBy(() -> file.caller(TOKEN)).isInstanceOf(NotBelievedException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          not json                                                   | Unrecognized token
          {"token": []}                                              | token: unknown field
          {"tokens": [{"role": "viewer"}]}                           | tokens[0].name: is required
          {"tokens": [{"name": "a", "role": "vewer"}]}               | tokens[0].role: 'vewer' is no role: one of viewer
          {"tokens": [{"name": "a", "role": "viewer", "sha256": "0"}]} | 64 hexadecimal digits
          {"tokens": [{"name": "a", "role": "operator", "sha256": "HASH"}]} | an operator needs the groups
          {"tokens": [{"name": "a", "role": "operator", "groups": ["West"], "sha256": "HASH"}]} | 'West' matches no group
          {"tokens": [{"name": "a", "role": "viewer", "groups": ["west"], "sha256": "HASH"}]} | groups are for operators
          {"tokens": [{"name": "a", "role": "viewer", "sha256": "HASH", "expiresAt": "soon"}]} | must be a time
          {"tokens": [{"name": "a b", "role": "viewer", "sha256": "HASH"}]} | is no name of a token
          """)
  void aFileThatCannotBeUnderstoodIsRefusedWithItsPlace(String text, String reason)
      throws IOException {
    write(text.replace("HASH", StaticToken.hash(TOKEN)));

    assertThatThrownBy(() -> TokenFile.open(directory.resolve("tokens.json")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tokens.json")
        .hasMessageContaining(reason);
  }

  @Test
  void twoOfOneNameAreRefused() throws IOException {
    String other = StaticToken.make(new SecureRandom());
    write(entry("ci", Grant.of(Role.VIEWER), TOKEN), entry("ci", Grant.of(Role.ADMIN), other));

    assertThatThrownBy(() -> TokenFile.open(directory.resolve("tokens.json")))
        .hasMessageContaining("'ci' is there twice");
  }

  private TokenFile open(TokenEntry... entries) throws IOException {
    return TokenFile.open(write(entries), now::get, nanos::get);
  }

  private static TokenEntry entry(String name, Grant grant, String token) {
    return new TokenEntry(name, grant, StaticToken.hash(token), Optional.empty());
  }

  private Path write(TokenEntry... entries) throws IOException {
    return write(new String(TokenFile.text(List.of(entries)), StandardCharsets.UTF_8));
  }

  /** Each version has a time of its own, whatever the file system's clock does. */
  private Path write(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("tokens.json"), text);
    Files.setLastModifiedTime(file, FileTime.from(NOW.plusSeconds(writes++)));
    return file;
  }
}
