package io.linkwright.http.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How callers prove who they are: by tokens of a file, by an OpenID provider, or, on the loopback
 * only, not at all. Thread-safe.
 */
public final class Authentication {
  /** Nobody is asked, everybody may do everything: for a service on the loopback. */
  public static final Authentication NONE =
      new Authentication(Optional.empty(), Optional.empty(), Map.of());

  private final Optional<TokenFile> tokens;
  private final Optional<OpenIdTokens> openId;
  private final Map<String, Caller> parts;

  private Authentication(
      Optional<TokenFile> tokens, Optional<OpenIdTokens> openId, Map<String, Caller> parts) {
    this.tokens = tokens;
    this.openId = openId;
    this.parts = Map.copyOf(parts);
  }

  /** By either of these. */
  public static Authentication of(Optional<TokenFile> tokens, Optional<OpenIdTokens> openId) {
    return new Authentication(tokens, openId, Map.of());
  }

  /**
   * The same, and a part of this very process is known by a token that never leaves it.
   *
   * @param actor as the log names the part
   */
  public Authentication trusting(String actor, Grant grant, String token) {
    Map<String, Caller> known = new HashMap<>(parts);
    known.put(StaticToken.hash(token), new Caller(actor, Caller.Proof.TOKEN, List.of(grant)));
    return new Authentication(tokens, openId, known);
  }

  /** Whether callers have to prove who they are. */
  public boolean isAsked() {
    return tokens.isPresent() || openId.isPresent();
  }

  /** The part of this process that shows this token, if it is one. */
  Optional<Caller> part(String token) {
    return parts.isEmpty() || !StaticToken.looksLikeOne(token)
        ? Optional.empty()
        : Optional.ofNullable(parts.get(StaticToken.hash(token)));
  }

  /** Who shows this token. */
  Caller caller(String token) throws NotBelievedException {
    Optional<Caller> part = part(token);
    if (part.isPresent()) {
      return part.get();
    }
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
