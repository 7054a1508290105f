package io.linkwright.console.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Optional;

/** Lets only forms through that this console gave to this browser. */
final class FormGuard {
  static final String COOKIE = "linkwright-console";
  static final String FIELD = "csrf";

  private final CsrfTokens tokens;

  FormGuard(CsrfTokens tokens) {
    this.tokens = tokens;
  }

  /** The browser's token, for a form; a new one if it has none. */
  String token(Context context) {
    Optional<String> held = held(context);
    if (held.isPresent()) {
      return held.get();
    }
    String token = tokens.issue();
    Cookie cookie = new Cookie(COOKIE, token, "/console");
    cookie.setHttpOnly(true);
    cookie.setSameSite(SameSite.STRICT);
    cookie.setSecure("https".equals(context.scheme()));
    context.cookie(cookie);
    return token;
  }

  /** Whether the form comes from a page of ours. The server has refused foreign origins before. */
  boolean isGenuine(Context context, Optional<String> field) {
    return field
        .flatMap(given -> held(context).filter(token -> CsrfTokens.equal(token, given)))
        .isPresent();
  }

  private Optional<String> held(Context context) {
    return Optional.ofNullable(context.cookie(COOKIE)).filter(tokens::isOurs);
  }
}
