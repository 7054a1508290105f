package io.linkwright.http.access;

import java.util.Optional;

/**
 * How callers prove who they are: by tokens of a file, by an OpenID provider, or, on the loopback
 * only, not at all. Thread-safe.
 */
public final class Authentication {
  /** Nobody is asked, everybody may do everything: for a service on the loopback. */
  public static final Authentication NONE = new Authentication(Optional.empty(), Optional.empty());

  private final Optional<TokenFile> tokens;
  private final Optional<OpenIdTokens> openId;

  private Authentication(Optional<TokenFile> tokens, Optional<OpenIdTokens> openId) {
    this.tokens = tokens;
    this.openId = openId;
  }

  /**
   * By either of these.
   *
   * @throws IllegalArgumentException if the file cannot be read or understood
   */
  public static Authentication of(Optional<TokenFile> tokens, Optional<OpenIdTokens> openId) {
    return new Authentication(tokens, openId);
  }

  /** Whether callers have to prove who they are. */
  public boolean isAsked() {
    return tokens.isPresent() || openId.isPresent();
  }

  /** Who shows this token. */
  Caller caller(String token) throws NotBelievedException {
    if (StaticToken.looksLikeOne(token)) {
      return tokens
          .orElseThrow(() -> new NotBelievedException("there is no file of tokens"))
          .caller(token);
    }
    return openId
        .orElseThrow(() -> new NotBelievedException("it is no token of Linkwright's"))
        .caller(token);
  }
}
