package io.linkwright.command.api;

import io.javalin.http.Context;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.http.Problem;
import io.linkwright.http.ProblemException;
import io.linkwright.http.access.AccessGate;
import io.linkwright.http.access.Caller;
import io.linkwright.httpapi.ActorHeader;
import io.linkwright.httpapi.IdempotencyKey;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The headers that all commands take. */
final class RequestHeaders {
  static final String IDEMPOTENCY_KEY = IdempotencyKey.HEADER;
  static final String IF_MATCH = "If-Match";

  /** Who asks, for the audit log. */
  static final String ACTOR = ActorHeader.NAME;

  /** What the actor begins with if an edge has asked and proved to be it. */
  static final String EDGE_PREFIX = "edge:";

  /** Names that only who has proved to be it bears: see {@link Caller#actor()}. */
  private static final List<String> PROVED_PREFIXES = List.of(EDGE_PREFIX, "token:", "oidc:");

  /** Of the product's own parts. */
  private static final List<String> OWN_NAMES = List.of("linkwright", "console");

  private static final String PROVED_ACTOR = "linkwright.proved-actor";
  private static final String ANONYMOUS = "anonymous";
  private static final Pattern REVISION = Pattern.compile("\"(0|[1-9][0-9]{0,17})\"");

  private RequestHeaders() {}

  /**
   * Looks at all of them. Every command does so first, before its body, so that a request with two
   * faults is refused for the same one whatever it asks for.
   */
  static void check(Context context) {
    idempotencyKey(context);
    ifMatch(context);
    claimedActor(context);
  }

  static Optional<String> idempotencyKey(Context context) {
    try {
      return only(context, IDEMPOTENCY_KEY).map(IdempotencyKey::require);
    } catch (IllegalArgumentException wrongForm) {
      throw refuse(IDEMPOTENCY_KEY, wrongForm.getMessage());
    }
  }

  /** A strong entity tag (RFC 9110 section 13.1.1) as the answers carry it. */
  static OptionalLong ifMatch(Context context) {
    Optional<String> tag = only(context, IF_MATCH);
    if (tag.isEmpty()) {
      return OptionalLong.empty();
    }
    Matcher revision = REVISION.matcher(tag.get());
    if (!revision.matches()) {
      throw refuse(
          IF_MATCH, "must be one revision in quotes, as in \"12\"; * and lists are not taken");
    }
    return OptionalLong.of(Long.parseLong(revision.group(1)));
  }

  /** Who is proved to ask; only where nobody has to prove it, who claims to. */
  static String actor(Context context) {
    String proved = context.attribute(PROVED_ACTOR);
    if (proved != null) {
      return proved;
    }
    Caller caller = AccessGate.caller(context);
    return caller.isProved() ? caller.actor() : claimedActor(context);
  }

  /** Whoever has proved who it is needs no header to say so. */
  static void prove(Context context, EdgeId edge) {
    context.attribute(PROVED_ACTOR, EDGE_PREFIX + edge);
  }

  private static String claimedActor(Context context) {
    return only(context, ACTOR).map(RequestHeaders::requireActor).orElse(ANONYMOUS);
  }

  private static String requireActor(String header) {
    try {
      String actor = ActorHeader.decode(header);
      if (OWN_NAMES.contains(actor) || PROVED_PREFIXES.stream().anyMatch(actor::startsWith)) {
        throw refuse(
            ACTOR,
            "must not be %s nor begin with %s: who it is has proved it"
                .formatted(String.join(", ", OWN_NAMES), String.join(", ", PROVED_PREFIXES)));
      }
      return actor;
    } catch (IllegalArgumentException wrongForm) {
      throw refuse(ACTOR, wrongForm.getMessage());
    }
  }

  /** Of two headers of one name, neither is more right than the other. */
  private static Optional<String> only(Context context, String header) {
    Enumeration<String> values = context.req().getHeaders(header);
    if (!values.hasMoreElements()) {
      return Optional.empty();
    }
    String value = values.nextElement();
    if (values.hasMoreElements()) {
      throw refuse(header, "is given more than once");
    }
    return Optional.of(value);
  }

  private static ProblemException refuse(String header, String detail) {
    return new ProblemException(Problem.invalid(header, detail));
  }
}
