package io.linkwright.command.api;

import io.javalin.http.Context;
import io.linkwright.command.writer.CommandKey;
import io.linkwright.domain.EdgeId;
import io.linkwright.http.Problem;
import io.linkwright.http.ProblemException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The headers that all commands take. */
final class RequestHeaders {
  static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  static final String IF_MATCH = "If-Match";

  /** Who asks, for the audit log. */
  static final String ACTOR = "Linkwright-Actor";

  /** Set on a request that another instance has passed on; it is never passed on again. */
  static final String FORWARDED_BY = "Linkwright-Forwarded-By";

  /** What the actor begins with if an edge has asked and proved to be it. */
  static final String EDGE_PREFIX = "edge:";

  private static final String PROVED_ACTOR = "linkwright.proved-actor";
  private static final String ANONYMOUS = "anonymous";
  private static final int MAX_ACTOR_LENGTH = 128;
  private static final Pattern REVISION = Pattern.compile("\"(0|[1-9][0-9]{0,17})\"");

  private RequestHeaders() {}

  static Optional<String> idempotencyKey(Context context) {
    try {
      return Optional.ofNullable(context.header(IDEMPOTENCY_KEY)).map(CommandKey::requireClientKey);
    } catch (IllegalArgumentException wrongForm) {
      throw refuse(IDEMPOTENCY_KEY, wrongForm.getMessage());
    }
  }

  /** A strong entity tag (RFC 9110 section 13.1.1) as the answers carry it. */
  static OptionalLong ifMatch(Context context) {
    String tag = context.header(IF_MATCH);
    if (tag == null) {
      return OptionalLong.empty();
    }
    Matcher revision = REVISION.matcher(tag);
    if (!revision.matches()) {
      throw refuse(
          IF_MATCH, "must be one revision in quotes, as in \"12\"; * and lists are not taken");
    }
    return OptionalLong.of(Long.parseLong(revision.group(1)));
  }

  static String actor(Context context) {
    String proved = context.attribute(PROVED_ACTOR);
    return proved != null ? proved : claimedActor(context);
  }

  /** Whoever has proved who it is needs no header to say so. */
  static void prove(Context context, EdgeId edge) {
    context.attribute(PROVED_ACTOR, EDGE_PREFIX + edge);
  }

  private static String claimedActor(Context context) {
    String actor = context.header(ACTOR);
    if (actor == null) {
      return ANONYMOUS;
    }
    boolean printable = actor.chars().allMatch(character -> character >= 0x20 && character < 0x7f);
    if (actor.isBlank() || actor.length() > MAX_ACTOR_LENGTH || !printable) {
      throw refuse(ACTOR, "must be 1 to %d printable ASCII characters".formatted(MAX_ACTOR_LENGTH));
    }
    if (actor.startsWith(EDGE_PREFIX)) {
      throw refuse(ACTOR, "must not begin with '%s': edges prove it".formatted(EDGE_PREFIX));
    }
    return actor;
  }

  static boolean isForwarded(Context context) {
    return context.header(FORWARDED_BY) != null;
  }

  private static ProblemException refuse(String header, String detail) {
    return new ProblemException(Problem.invalid(header, detail));
  }
}
