package io.linkwright.console.web;

import com.github.benmanes.caffeine.cache.Ticker;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import io.linkwright.console.api.ApiClient;
import io.linkwright.console.api.ApiException;
import io.linkwright.console.template.Templates;
import io.linkwright.console.web.Sessions.Session;
import io.linkwright.http.QueryString;
import io.linkwright.http.RequestBody;
import io.linkwright.http.access.Access;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets visitors show a token once, and remembers in a session who they are. While a session lasts
 * the service is asked again from time to time, so that a token that was taken back ends it.
 * Thread-safe.
 */
final class SignIn {
  static final String PATH = PageRoutes.ROOT + "/sign-in";
  static final String COOKIE = "linkwright-session";

  /** How long a token that was taken back may still be believed here. */
  static final Duration CHECK_EVERY = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);
  private static final String SIGN_OUT = PageRoutes.ROOT + "/sign-out";
  private static final String TOKEN_FIELD = "token";
  private static final String SESSION = "linkwright.session";

  private final ApiClient client;
  private final Templates templates;
  private final Frame frame;
  private final Sessions sessions = new Sessions(new SecureRandom(), Ticker.systemTicker());

  SignIn(ApiClient client, Templates templates, Frame frame) {
    this.client = client;
    this.templates = templates;
    this.frame = frame;
  }

  void addTo(RoutesConfig routes) {
    routes.before(PageRoutes.ROOT + "*", this::require);
    routes.get(PATH, context -> show(context, 200, ""), Access.ANYONE);
    routes.post(PATH, this::begin, Access.ANYONE);
    routes.post(SIGN_OUT, this::end, Access.ANYONE);
  }

  /** Who is signed in in this browser. */
  static Optional<Session> session(Context context) {
    return Optional.ofNullable(context.attribute(SESSION));
  }

  private void require(Context context) {
    String path = context.path();
    if (path.equals(PATH) || path.equals(SIGN_OUT) || path.startsWith(Assets.PATH + "/")) {
      return;
    }
    Optional<Session> session =
        Optional.ofNullable(context.cookie(COOKIE)).flatMap(sessions::find).flatMap(this::fresh);
    if (session.isEmpty()) {
      turnAway(context);
      return;
    }
    context.attribute(SESSION, session.get());
    if (path.endsWith("/activity") && !session.get().visitor().seesTheLog()) {
      context.skipRemainingHandlers();
      DialogRoutes.write(
          context,
          403,
          templates.error(
              frame.of(session.map(Session::visitor)),
              "Not for you",
              "Who did what is for auditors, operators and administrators.",
              false));
    }
  }

  /** What is no page is asked for by a page, which then goes to sign in as a whole. */
  private static void turnAway(Context context) {
    context.skipRemainingHandlers();
    if (context.header("HX-Request") != null) {
      context.header("HX-Redirect", PATH).status(401);
    } else if (context.path().startsWith(PageRoutes.LIVE)) {
      context.status(401);
    } else {
      context.redirect(PATH);
    }
  }

  private Optional<Session> fresh(Session session) {
    long nowNanos = System.nanoTime();
    if (nowNanos - session.checkedNanos() < CHECK_EVERY.toNanos()) {
      return Optional.of(session);
    }
    try {
      return Optional.of(
          sessions.checked(session, Visitor.of(client.whoIs(session.token())), nowNanos));
    } catch (ApiException.Refused refused) {
      if (refused.problem().status() == 401) {
        LOG.info("session ended, its token counts no more actor={}", session.visitor().actor());
        sessions.end(session);
        return Optional.empty();
      }
      return Optional.of(session);
    } catch (ApiException.Unreachable away) {
      return Optional.of(session);
    }
  }

  private void begin(Context context) {
    String token =
        QueryString.parseForm(RequestBody.read(context)).getOrDefault(TOKEN_FIELD, "").strip();
    try {
      Session session = sessions.begin(token, Visitor.of(client.whoIs(token)), System.nanoTime());
      context.cookie(cookie(context, session.id()));
      LOG.info("signed in actor={}", session.visitor().actor());
      context.redirect(PageRoutes.ROOT, HttpStatus.SEE_OTHER);
    } catch (ApiException.Refused refused) {
      LOG.warn("sign-in refused address={} status={}", context.ip(), refused.problem().status());
      show(context, 403, "This token does not count, or not any more.");
    } catch (ApiException.Unreachable away) {
      show(context, 503, "The command service does not answer. Try again.");
    } catch (IllegalArgumentException noHeader) {
      show(context, 403, "That is no token.");
    }
  }

  private void end(Context context) {
    Optional.ofNullable(context.cookie(COOKIE)).flatMap(sessions::find).ifPresent(sessions::end);
    context.removeCookie(COOKIE, PageRoutes.ROOT);
    context.redirect(PATH, HttpStatus.SEE_OTHER);
  }

  private void show(Context context, int status, String refusal) {
    DialogRoutes.write(context, status, templates.signIn(frame, refusal));
  }

  /** A link from elsewhere leads in, and what it leads to is only read. */
  private static Cookie cookie(Context context, String id) {
    Cookie cookie = new Cookie(COOKIE, id, PageRoutes.ROOT);
    cookie.setHttpOnly(true);
    cookie.setSameSite(SameSite.LAX);
    cookie.setSecure("https".equals(context.scheme()));
    return cookie;
  }
}
