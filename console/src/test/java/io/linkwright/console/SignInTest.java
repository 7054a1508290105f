package io.linkwright.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.console.api.Services;
import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A console whose visitors show who they are, before services that know two of them. */
final class SignInTest {
  private static final String OWN_TOKEN = "lwt_of-the-console";

  private final Map<String, String> whoami = new ConcurrentHashMap<>();
  private final HttpClient browser = HttpClient.newHttpClient();
  private com.sun.net.httpserver.HttpServer service;
  private ConsoleModule console;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    whoami.put("lwt_alice", caller("token:alice", "operator"));
    whoami.put("lwt_victor", caller("token:victor", "viewer"));
    service =
        com.sun.net.httpserver.HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          String shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
          String token = shown.replace("Bearer ", "");
          boolean asksWho = exchange.getRequestURI().getPath().equals("/v1/whoami");
          String answer = asksWho ? whoami.get(token) : "{\"groups\": [], \"next\": null}";
          boolean known = asksWho ? answer != null : token.equals(OWN_TOKEN);
          byte[] body =
              (known ? answer : "{\"status\": 401, \"code\": \"UNAUTHENTICATED\"}").getBytes(UTF_8);
          exchange.sendResponseHeaders(known ? 200 : 401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    service.start();
    URI services = URI.create("http://127.0.0.1:" + service.getAddress().getPort());
    console =
        new ConsoleModule(
            new Services(services, services),
            Optional.empty(),
            new ConsoleAccess.OfVisitors(OWN_TOKEN));
    server =
        HttpServer.start(
            new HttpServerConfig("127.0.0.1", 0),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            List.of(console));
  }

  @AfterEach
  void stop() {
    server.close();
    console.close();
    service.stop(0);
    browser.close();
  }

  @Test
  void whoIsNotSignedInSeesNothing() throws Exception {
    for (String path : List.of("/console", "/console/groups/west", "/console/create-group")) {
      HttpResponse<String> answer = get(path, "");

      assertThat(answer.statusCode()).isEqualTo(302);
      assertThat(answer.headers().firstValue("Location")).hasValue("/console/sign-in");
    }
    assertThat(get("/console/live", "").statusCode()).isEqualTo(401);
    assertThat(get("/console/groups/west", "linkwright-session=guessed").statusCode())
        .isEqualTo(302);
    assertThat(get("/console/sign-in", "").body()).contains("Sign in", "type=\"password\"");
  }

  @Test
  void aTokenThatDoesNotCountIsSaidSo() throws Exception {
    for (String token : List.of("lwt_other", "", "two%0Alines", "%E4%B8%AD")) {
      HttpResponse<String> refused = signIn(token);

      assertThat(refused.statusCode()).as(token).isEqualTo(403);
      assertThat(refused.body()).contains("oken").doesNotContain("lwt_other");
      assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void whoIsSignedInIsShownAndTheBrowserDoesNotHoldTheToken() throws Exception {
    HttpResponse<String> signedIn = signIn("lwt_alice");
    String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();

    assertThat(signedIn.statusCode()).isEqualTo(303);
    assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/console").doesNotContain("lwt_");
    assertThat(get("/console", session(cookie)).body())
        .contains("token:alice", "Sign out")
        .doesNotContain("lwt_");
  }

  @Test
  void whoSignsOutIsOut() throws Exception {
    String session = session(signIn("lwt_alice").headers().firstValue("Set-Cookie").orElseThrow());

    HttpResponse<String> out = post("/console/sign-out", session, "");

    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(get("/console", session).statusCode()).isEqualTo(302);
  }

  @Test
  void whoDidWhatIsNotForViewers() throws Exception {
    String session = session(signIn("lwt_victor").headers().firstValue("Set-Cookie").orElseThrow());

    assertThat(get("/console", session).statusCode()).isEqualTo(200);
    assertThat(get("/console/groups/west/activity", session).statusCode()).isEqualTo(403);
    assertThat(get("/console/live/groups/west/activity", session).statusCode()).isEqualTo(403);
  }

  private static String caller(String actor, String role) {
    return "{\"actor\": \"%s\", \"provedBy\": \"token\", \"grants\": [{\"role\": \"%s\", \"groups\": []}]}"
        .formatted(actor, role);
  }

  private static String session(String setCookie) {
    return setCookie.substring(0, setCookie.indexOf(';'));
  }

  private HttpResponse<String> signIn(String token) throws Exception {
    return post("/console/sign-in", "", "token=" + token);
  }

  private HttpResponse<String> post(String path, String cookie, String form) throws Exception {
    HttpRequest.Builder request =
        request(path, cookie)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path, String cookie) throws Exception {
    return browser.send(request(path, cookie).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String cookie) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)));
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }
}
