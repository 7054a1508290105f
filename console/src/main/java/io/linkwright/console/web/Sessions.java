package io.linkwright.console.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/**
 * Who is signed in in which browser. A browser knows a random number only; the token stays here, in
 * memory, until the session ends. Thread-safe.
 */
final class Sessions {
  /** Beyond them, those that were not used for longest end. */
  static final int MAX_SESSIONS = 10_000;

  /** After which somebody has to sign in again, whatever they did meanwhile. */
  static final Duration LIFETIME = Duration.ofHours(12);

  private static final int ID_BYTES = 32;

  private final SecureRandom random;
  private final Cache<String, Session> sessions;

  Sessions(SecureRandom random, Ticker ticker) {
    this.random = random;
    this.sessions =
        Caffeine.newBuilder()
            .maximumSize(MAX_SESSIONS)
            .expireAfterWrite(LIFETIME)
            .ticker(ticker)
            .build();
  }

  /**
   * A session.
   *
   * @param token that the visitor has shown. Secret
   * @param checkedNanos when the service last said who shows it
   */
  record Session(String id, String token, Visitor visitor, long checkedNanos) {
    @Override
    public String toString() {
      return "Session[actor=%s]".formatted(visitor.actor());
    }
  }

  Session begin(String token, Visitor visitor, long nowNanos) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Session session = new Session(id, token, visitor, nowNanos);
    sessions.put(id, session);
    return session;
  }

  Optional<Session> find(String id) {
    return Optional.ofNullable(sessions.getIfPresent(id));
  }

  /** Keeps when it began. */
  Session checked(Session session, Visitor visitor, long nowNanos) {
    Session next = new Session(session.id(), session.token(), visitor, nowNanos);
    sessions.asMap().replace(session.id(), session, next);
    return next;
  }

  void end(Session session) {
    sessions.invalidate(session.id());
  }
}
