package io.linkwright.http.access;

import io.javalin.config.Key;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.security.RouteRole;
import io.linkwright.http.Answers;
import io.linkwright.http.Problem;
import io.linkwright.http.ProblemException;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.ProblemCodes;
import io.linkwright.httpapi.answer.CallerAnswer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before every route: says who is calling, and lets through whom the route lets.
 * Thread-safe.
 */
public final class AccessGate {
  private static final Logger LOG = LoggerFactory.getLogger(AccessGate.class);

  /** What the server gives every request. */
  public static final Key<AccessGate> GATE = new Key<>("linkwright.access-gate");

  private static final String CALLER = "linkwright.caller";
  private static final String SCHEME = "Bearer ";

  /** A JWT with many groups; the server takes heads of twice as much. */
  private static final int MAX_TOKEN_LENGTH = 8 * 1024;

  private static final long LOG_INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

  private final Authentication authentication;
  private final Counter unauthenticated;
  private final Counter forbidden;
  private final AtomicLong loggedNanos = new AtomicLong(System.nanoTime() - LOG_INTERVAL_NANOS);

  /** A gate of a server. */
  public AccessGate(Authentication authentication, MeterRegistry metrics) {
    this.authentication = authentication;
    this.unauthenticated = refused(metrics, "unauthenticated");
    this.forbidden = refused(metrics, "forbidden");
  }

  /** Sets it before all routes that are matched, and tells callers who they are. */
  public void addTo(RoutesConfig routes) {
    routes.beforeMatched(this::check);
    routes.get(ApiPaths.WHOAMI, AccessGate::tell, Access.SOMEBODY);
  }

  /** Who is calling: as the gate has found before the route began. */
  public static Caller caller(Context context) {
    Caller known = context.attribute(CALLER);
    return known == null ? Caller.ANYBODY : known;
  }

  /**
   * Lets through who may change this group.
   *
   * @throws ProblemException 403 for everybody else
   */
  public static void requireChange(Context context, String group) {
    Caller caller = caller(context);
    if (!caller.mayChange(group)) {
      throw context.appData(GATE).refuse(context, caller, "change group " + group);
    }
  }

  private static void tell(Context context) {
    Caller caller = caller(context);
    Answers.json(
        context,
        200,
        new CallerAnswer(
            caller.actor(),
            caller.proved().label(),
            caller.grants().stream()
                .map(grant -> new CallerAnswer.Grant(grant.role().label(), grant.groups()))
                .toList()));
  }

  private void check(Context context) {
    Access needed = declared(context.routeRoles());
    switch (needed) {
      case ANYONE, OWN_PROOF -> {}
      case SOMEBODY -> context.attribute(CALLER, prove(context));
      case READ, AUDIT, CHANGE, ADMINISTER -> {
        Caller caller = prove(context);
        context.attribute(CALLER, caller);
        if (!caller.may(needed)) {
          throw refuse(context, caller, words(needed));
        }
      }
    }
  }

  /** Whether a route says what it needs, and one thing only. */
  public static boolean isDeclared(Set<RouteRole> roles) {
    return roles.size() == 1 && roles.iterator().next() instanceof Access;
  }

  /** The server has seen to it that every route says so. */
  private static Access declared(Set<RouteRole> roles) {
    return (Access) roles.iterator().next();
  }

  private Caller prove(Context context) {
    Optional<String> header = Optional.ofNullable(context.header(Header.AUTHORIZATION));
    Optional<String> token =
        header
            .filter(text -> text.length() <= MAX_TOKEN_LENGTH)
            .filter(text -> text.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
            .map(text -> text.substring(SCHEME.length()).strip());
    if (!authentication.isAsked()) {
      return token.flatMap(authentication::part).orElse(Caller.ANYBODY);
    }
    if (token.isEmpty()) {
      throw unauthenticated(
          context,
          "Bearer",
          header.isEmpty() ? "no token" : "no bearer token, or too long a one",
          "show a token: Authorization: Bearer …");
    }
    try {
      return authentication.caller(token.get());
    } catch (NotBelievedException reason) {
      throw unauthenticated(
          context,
          "Bearer error=\"invalid_token\"",
          reason.getMessage(),
          "this token does not count, or not any more: get a new one");
    }
  }

  /** The reason is for the operator of the service; a stranger learns nothing from the answer. */
  private ProblemException unauthenticated(
      Context context, String challenge, String reason, String detail) {
    unauthenticated.increment();
    long last = loggedNanos.get();
    long nowNanos = System.nanoTime();
    if (nowNanos - last >= LOG_INTERVAL_NANOS && loggedNanos.compareAndSet(last, nowNanos)) {
      LOG.warn(
          "request refused, not authenticated address={} method={} path={} reason={} refused={}",
          context.ip(),
          context.method(),
          context.path(),
          reason,
          (long) unauthenticated.count());
    }
    context.header(Header.WWW_AUTHENTICATE, challenge);
    return new ProblemException(Problem.of(401, ProblemCodes.UNAUTHENTICATED, detail));
  }

  private ProblemException refuse(Context context, Caller caller, String what) {
    forbidden.increment();
    LOG.warn(
        "request refused, not allowed actor={} address={} method={} path={}",
        caller.actor(),
        context.ip(),
        context.method(),
        context.path());
    return new ProblemException(
        Problem.of(
            403,
            ProblemCodes.FORBIDDEN,
            "%s may not %s: ask an administrator".formatted(caller.actor(), what)));
  }

  private static String words(Access access) {
    return switch (access) {
      case READ -> "read this";
      case AUDIT -> "read who did what";
      case CHANGE -> "change groups";
      case ADMINISTER -> "do what is for administrators";
      case ANYONE, OWN_PROOF, SOMEBODY -> "ask";
    };
  }

  private static Counter refused(MeterRegistry metrics, String reason) {
    return Counter.builder("linkwright.http.access.refused")
        .description("Requests refused for who sent them")
        .tag("reason", reason)
        .register(metrics);
  }
}
