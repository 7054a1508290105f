package io.linkwright.command.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.member.MemberKeys;
import io.linkwright.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A client of the HTTP API, and what a test says of the answers. */
public final class ApiClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI url;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public ApiClient(URI url) {
    this.url = url;
  }

  /** Headers come as name, value, name, value. */
  public HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new AssertionError(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  /** A device's keys as a body carries them. */
  public static ObjectNode keys(MemberKeys keys) {
    ObjectNode body =
        Json.mapper()
            .createObjectNode()
            .put("identity", keys.identity().base64())
            .put("sealing", keys.sealing().base64());
    ArrayNode wireGuard = body.putArray("wireGuard");
    keys.wireGuard().forEach(key -> wireGuard.add(key.base64()));
    return body;
  }

  public static JsonNode json(HttpResponse<String> answer) {
    try {
      return Json.mapper().readTree(answer.body());
    } catch (IOException notJson) {
      throw new AssertionError(answer.body(), notJson);
    }
  }

  /** The body of an answer that has this status. */
  public static JsonNode json(HttpResponse<String> answer, int status) {
    assertStatus(answer, status);
    return json(answer);
  }

  public static void assertStatus(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }

  public static void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertStatus(answer, status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(answer).path("code").textValue()).isEqualTo(code);
  }

  public static void assertProblem(
      HttpResponse<String> answer, int status, String code, String field) {
    assertProblem(answer, status, code);
    assertThat(json(answer).path("field").textValue()).as(answer.body()).isEqualTo(field);
  }
}
