package io.linkwright.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

final class CsrfTokensTest {
  private final CsrfTokens tokens = new CsrfTokens(new SecureRandom());

  @Test
  void knowsItsOwnTokens() {
    String token = tokens.issue();

    assertThat(tokens.isOurs(token)).isTrue();
    assertThat(tokens.issue()).isNotEqualTo(token);
  }

  @Test
  void knowsNoOthers() {
    String token = tokens.issue();
    String nonce = token.substring(0, token.indexOf('.'));

    assertThat(new CsrfTokens(new SecureRandom()).isOurs(token)).isFalse();
    assertThat(tokens.isOurs("A" + token)).isFalse();
    assertThat(tokens.isOurs(nonce)).isFalse();
    assertThat(tokens.isOurs(nonce + ".")).isFalse();
    assertThat(tokens.isOurs("." + token)).isFalse();
    assertThat(tokens.isOurs("")).isFalse();
    assertThat(tokens.isOurs("a".repeat(1_000) + "." + token)).isFalse();
  }
}
