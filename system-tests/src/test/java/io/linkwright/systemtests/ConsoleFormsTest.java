package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console's forms let through and what they refuse, spoken to as a browser would. */
@Tag("broker")
final class ConsoleFormsTest {
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
  private static final Pattern KEY = Pattern.compile("name=\"key\" value=\"([^\"]+)\"");

  @TempDir private static Path directory;
  private static LinkwrightProcess process;
  private static LinkwrightApi api;
  private static Operator operator;
  private static URI server;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** A form as a browser holds it. */
  private record Form(URI address, String cookie, String csrf, String key) {}

  @BeforeAll
  static void start() {
    LinkwrightProcess.Site site = LinkwrightProcess.Site.in(directory);
    process = LinkwrightProcess.up(site);
    server = site.server();
    api = new LinkwrightApi(server);
    operator = new Operator(api);
    operator.createPartialMesh("forms", TunnelProtocol.WIREGUARD);
    for (String edge : new String[] {"a", "b", "c", "d"}) {
      operator.addMember("forms", edge);
    }
    api.get("/v1/groups/forms?minRevision=5");
  }

  @AfterAll
  static void stop() {
    HTTP.close();
    api.close();
    process.close();
  }

  @Test
  void aDoubleClickAddsOneLink() {
    Form form = open("add-link");
    Map<String, String> fields = filled(form, "a", "b");

    CompletableFuture<HttpResponse<String>> first =
        HTTP.sendAsync(post(form, form.cookie(), fields), BodyHandlers.ofString());
    CompletableFuture<HttpResponse<String>> second =
        HTTP.sendAsync(post(form, form.cookie(), fields), BodyHandlers.ofString());

    assertThat(first.join().statusCode()).isEqualTo(204);
    assertThat(second.join().statusCode()).isEqualTo(204);
    Eventually.holds(
        Duration.ofSeconds(20), () -> linksBetween("a", "b") == 1, () -> "not one link");
  }

  @Test
  void aFormWithoutItsTokenIsRefused() throws Exception {
    Form form = open("add-link");
    Map<String, String> withoutToken = Map.of("key", form.key(), "edgeA", "a", "edgeB", "c");
    Map<String, String> foreignToken =
        Map.of("csrf", "x.y", "key", form.key(), "edgeA", "a", "edgeB", "c");

    assertThat(send(post(form, form.cookie(), withoutToken)).statusCode()).isEqualTo(403);
    assertThat(send(post(form, form.cookie(), foreignToken)).statusCode()).isEqualTo(403);
    assertThat(send(post(form, "", filled(form, "a", "c"))).statusCode()).isEqualTo(403);
    assertThat(send(crossSite(form, filled(form, "a", "c"))).statusCode()).isEqualTo(403);
    assertThat(linksBetween("a", "c")).isZero();
  }

  @Test
  void aRefusedFormComesBackWithATokenThatWorks() throws Exception {
    Form form = open("add-link");
    HttpResponse<String> refused = send(post(form, "", filled(form, "a", "d")));

    Form again = form(form.address(), refused);

    assertThat(refused.body()).contains("Nothing was done");
    assertThat(send(post(again, again.cookie(), filled(again, "a", "d"))).statusCode())
        .isEqualTo(204);
  }

  @Test
  void theServersWordsStandBesideTheField() throws Exception {
    operator.addLink("forms", "c", "d");
    Form form = open("add-link");

    HttpResponse<String> answer = send(post(form, form.cookie(), filled(form, "c", "d")));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("id=\"edgeB-error\"", "c and d are linked already");
  }

  @Test
  void everyAnswerKeepsScriptsAndFramesOut() throws Exception {
    for (String path :
        new String[] {"/console", "/console/groups/forms", "/console/groups/none", "/console/x"}) {
      HttpResponse<String> answer = send(HttpRequest.newBuilder(server.resolve(path)).build());

      assertThat(answer.headers().firstValue("Content-Security-Policy"))
          .as(path)
          .hasValueSatisfying(
              policy ->
                  assertThat(policy)
                      .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                      .doesNotContain("unsafe"));
      assertThat(answer.body()).as(path).doesNotContain("<style", " style=", "onclick");
    }
  }

  @Test
  void whatIsNotThereIsSaidOnAPage() throws Exception {
    HttpResponse<String> group =
        send(HttpRequest.newBuilder(server.resolve("/console/groups/none")).build());
    HttpResponse<String> path =
        send(HttpRequest.newBuilder(server.resolve("/console/groups/NONE")).build());

    assertThat(group.statusCode()).isEqualTo(404);
    assertThat(group.body()).contains("there is no group none", "All groups");
    assertThat(path.statusCode()).isEqualTo(404);
    assertThat(path.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
  }

  @Test
  void theRootLeadsToTheConsole() throws Exception {
    HttpResponse<String> root = send(HttpRequest.newBuilder(server.resolve("/")).build());

    assertThat(root.headers().firstValue("Location")).contains("/console");
  }

  private static Form open(String dialog) {
    URI address = server.resolve("/console/groups/forms/" + dialog);
    try {
      return form(address, send(HttpRequest.newBuilder(address).build()));
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private static Form form(URI address, HttpResponse<String> answer) {
    String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/console");
    return new Form(
        address,
        cookie.substring(0, cookie.indexOf(';')),
        found(CSRF, answer.body()),
        found(KEY, answer.body()));
  }

  private static Map<String, String> filled(Form form, String edgeA, String edgeB) {
    return Map.of("csrf", form.csrf(), "key", form.key(), "edgeA", edgeA, "edgeB", edgeB);
  }

  private static HttpRequest post(Form form, String cookie, Map<String, String> fields) {
    return request(form, cookie, fields).build();
  }

  private static HttpRequest crossSite(Form form, Map<String, String> fields) {
    return request(form, form.cookie(), fields).header("Sec-Fetch-Site", "cross-site").build();
  }

  private static HttpRequest.Builder request(Form form, String cookie, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(form.address())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  /** Times that this link was added, as the log has it. */
  private static long linksBetween(String edgeA, String edgeB) {
    return api.get("/v1/groups/forms/events?limit=500")
        .path("events")
        .valueStream()
        .filter(event -> event.path("type").asText().equals("LinkAdded"))
        .filter(event -> event.path("link").path("id").asText().equals(edgeA + "~" + edgeB))
        .count();
  }
}
