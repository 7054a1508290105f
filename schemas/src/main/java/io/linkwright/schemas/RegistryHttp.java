package io.linkwright.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.failsafe.ExecutionContext;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Requests to a registry. What may pass by itself (no connection, 429, 5xx) is tried again, at the
 * next URL if there are several; anything else is the caller's. Thread-safe.
 */
final class RegistryHttp {
  private static final int MAX_ATTEMPTS = 4;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final RetryPolicy<RegistryReply> RETRIES =
      RetryPolicy.<RegistryReply>builder()
          .handle(IOException.class)
          .handleResultIf(reply -> reply.status() == 429 || reply.status() >= 500)
          .withMaxAttempts(MAX_ATTEMPTS)
          .withBackoff(100, 2_000, ChronoUnit.MILLIS)
          .withJitter(0.2)
          .build();

  private final List<String> baseUrls;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

  RegistryHttp(List<URI> urls) {
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("a schema registry needs a URL");
    }
    this.baseUrls = urls.stream().map(url -> url.toString().replaceFirst("/+$", "")).toList();
  }

  /** For messages. */
  String where() {
    return String.join(", ", baseUrls);
  }

  RegistryReply get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  RegistryReply post(String path, String json) {
    return send("POST", path, BodyPublishers.ofString(json));
  }

  RegistryReply put(String path, String json) {
    return send("PUT", path, BodyPublishers.ofString(json));
  }

  private RegistryReply send(String method, String path, BodyPublisher body) {
    try {
      return Failsafe.with(RETRIES).get(attempt -> sendOnce(attempt, method, path, body));
    } catch (FailsafeException failed) {
      if (failed.getCause() instanceof InterruptedException interrupted) {
        throw new InterruptException(interrupted);
      }
      throw new SchemaRegistryException(
          "the schema registry at %s did not answer %s %s in %d attempts"
              .formatted(where(), method, path, MAX_ATTEMPTS),
          failed.getCause());
    }
  }

  private RegistryReply sendOnce(
      ExecutionContext<RegistryReply> attempt, String method, String path, BodyPublisher body)
      throws IOException, InterruptedException {
    String baseUrl = baseUrls.get(attempt.getAttemptCount() % baseUrls.size());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(baseUrl + path))
            .timeout(REQUEST_TIMEOUT)
            .header("Accept", MEDIA_TYPE + ", application/json")
            .header("Content-Type", MEDIA_TYPE)
            .method(method, body)
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    return new RegistryReply(
        method + " " + baseUrl + path, response.statusCode(), json(response.body()));
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }
}
