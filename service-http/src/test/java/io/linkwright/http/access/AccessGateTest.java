package io.linkwright.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.config.JavalinConfig;
import io.linkwright.http.HttpModule;
import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that asks who is calling. */
final class AccessGateTest {
  @TempDir private static Path directory;

  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Role, String> tokens = new EnumMap<>(Role.class);
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  /** A route of each kind. */
  private static final class Probe implements HttpModule {
    @Override
    public String name() {
      return "probe";
    }

    @Override
    public void routes(JavalinConfig config) {
      config.routes.get("/anyone", context -> context.result("here"), Access.ANYONE);
      config.routes.get("/edge", context -> context.result("here"), Access.OWN_PROOF);
      config.routes.get("/read", context -> context.result("here"), Access.READ);
      config.routes.get("/audit", context -> context.result("here"), Access.AUDIT);
      config.routes.get(
          "/change/{group}",
          context -> {
            AccessGate.requireChange(context, context.pathParam("group"));
            context.result("here");
          },
          Access.CHANGE);
      config.routes.get("/administer", context -> context.result("here"), Access.ADMINISTER);
    }
  }

  private static final class Undeclared implements HttpModule {
    @Override
    public String name() {
      return "undeclared";
    }

    @Override
    public void routes(JavalinConfig config) {
      config.routes.get("/forgotten", context -> context.result("for everybody"));
    }
  }

  @BeforeEach
  void start() throws Exception {
    List<TokenEntry> entries = new ArrayList<>();
    for (Role role : Role.values()) {
      String token = StaticToken.make(new SecureRandom());
      tokens.put(role, token);
      Grant grant =
          role == Role.OPERATOR ? new Grant(role, List.of("west-*", "hq")) : Grant.of(role);
      entries.add(new TokenEntry(role.label(), grant, StaticToken.hash(token), Optional.empty()));
    }
    Path file = Files.write(directory.resolve("tokens.json"), TokenFile.text(entries));
    Authentication authentication =
        Authentication.of(Optional.of(TokenFile.open(file)), Optional.empty());
    server =
        HttpServer.start(
            new HttpServerConfig("127.0.0.1", 0).withAuthentication(authentication),
            metrics,
            List.of(new Probe()));
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  @Test
  void whoShowsNothingIsAskedToShowAToken() throws Exception {
    for (String path : List.of("/read", "/audit", "/change/hq", "/administer", "/v1/whoami")) {
      HttpResponse<String> refused = get(path, Optional.empty());

      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
      assertThat(refused.body()).contains("UNAUTHENTICATED");
    }
    for (String path : List.of("/anyone", "/edge", "/livez", "/readyz", "/metrics")) {
      assertThat(get(path, Optional.empty()).statusCode()).isEqualTo(200);
    }
    assertThat(metrics.scrape())
        .contains("linkwright_http_access_refused_total{reason=\"unauthenticated\"} 5.0");
  }

  @Test
  void eachRoleMayWhatItMay() throws Exception {
    Map<Role, List<String>> allowed =
        Map.of(
            Role.VIEWER, List.of("/read"),
            Role.AUDITOR, List.of("/read", "/audit"),
            Role.OPERATOR, List.of("/read", "/audit", "/change/hq", "/change/west-7"),
            Role.ADMIN,
                List.of(
                    "/read",
                    "/audit",
                    "/change/hq",
                    "/change/west-7",
                    "/change/east",
                    "/administer"));
    for (Role role : Role.values()) {
      for (String path :
          List.of(
              "/read", "/audit", "/change/hq", "/change/west-7", "/change/east", "/administer")) {
        HttpResponse<String> answer = get(path, Optional.of(tokens.get(role)));

        assertThat(answer.statusCode())
            .as("%s %s", role, path)
            .isEqualTo(allowed.get(role).contains(path) ? 200 : 403);
      }
    }
  }

  @Test
  void whoMayNotIsNamedAndTold() throws Exception {
    HttpResponse<String> refused = get("/change/east", Optional.of(tokens.get(Role.OPERATOR)));

    assertThat(refused.body()).contains("FORBIDDEN", "token:operator may not change group east");
  }

  @Test
  void aTokenThatDoesNotCountTellsNothing() throws Exception {
    for (String token : List.of("lwt_guessed", "a.b.c", "", "x".repeat(9_000))) {
      HttpResponse<String> refused = get("/read", Optional.of(token));

      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body()).doesNotContain("tokens.json", "lwt_guessed");
    }
  }

  @Test
  void aPartOfTheProcessIsKnownThoughNobodyIsAsked() throws Exception {
    String token = StaticToken.make(new SecureRandom());
    HttpServerConfig open =
        new HttpServerConfig("127.0.0.1", 0)
            .withAuthentication(
                Authentication.NONE.trusting("console", Grant.of(Role.ADMIN), token));
    server.close();
    server = HttpServer.start(open, metrics, List.of(new Probe()));

    assertThat(get("/v1/whoami", Optional.of(token)).body()).contains("\"actor\":\"console\"");
    assertThat(get("/v1/whoami", Optional.of("lwt_other")).body())
        .contains("\"actor\":\"anonymous\"", "unauthenticated");
    assertThat(get("/administer", Optional.empty()).statusCode()).isEqualTo(200);
  }

  @Test
  void whoAmI() throws Exception {
    assertThat(get("/v1/whoami", Optional.of(tokens.get(Role.OPERATOR))).body())
        .isEqualTo(
            "{\"actor\":\"token:operator\",\"provedBy\":\"token\","
                + "\"grants\":[{\"role\":\"operator\",\"groups\":[\"west-*\",\"hq\"]}]}");
  }

  @Test
  void aRouteThatDeclaresNothingIsNeverServed() {
    assertThatThrownBy(
            () ->
                HttpServer.start(
                    new HttpServerConfig("127.0.0.1", 0), metrics, List.of(new Undeclared())))
        .hasMessageContaining("GET /forgotten");
  }

  @Test
  void withoutAskingNothingButTheLoopbackIsServed() {
    for (String host : List.of("0.0.0.0", "::", "192.0.2.1", "linkwright.example")) {
      HttpServerConfig open = new HttpServerConfig(host, 0);

      assertThatThrownBy(open::requireLoopbackOrAuthentication)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("--tokens FILE");
    }
    for (String host : List.of("127.0.0.1", "::1", "localhost", "127.0.0.2")) {
      assertThat(new HttpServerConfig(host, 0).requireLoopbackOrAuthentication()).isNotNull();
    }
  }

  private HttpResponse<String> get(String path, Optional<String> token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)));
    token.ifPresent(shown -> request.header("Authorization", "Bearer " + shown));
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
