package io.linkwright.command.api;

import io.javalin.http.Context;
import io.linkwright.http.Answers;
import io.linkwright.http.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes a request on to the owner of its partition and the owner's answer back, unchanged. One hop
 * at most: the owner of a moment ago may have lost the partition since. Thread-safe.
 */
final class OwnerForwarding implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerForwarding.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final List<String> REQUEST_HEADERS =
      List.of(
          "Content-Type",
          RequestHeaders.IDEMPOTENCY_KEY,
          RequestHeaders.IF_MATCH,
          RequestHeaders.ACTOR);
  private static final List<String> RESPONSE_HEADERS =
      List.of("Content-Type", "ETag", "Retry-After");

  private final String instanceId;
  private final Duration timeout;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  OwnerForwarding(String instanceId, Duration timeout) {
    this.instanceId = instanceId;
    this.timeout = timeout;
  }

  void forward(Context context, byte[] body, URI owner) {
    try {
      HttpResponse<byte[]> answer =
          client.send(request(context, body, owner), BodyHandlers.ofByteArray());
      context.status(answer.statusCode()).result(answer.body());
      for (String header : RESPONSE_HEADERS) {
        answer.headers().firstValue(header).ifPresent(value -> context.header(header, value));
      }
    } catch (ConnectException | HttpConnectTimeoutException unreachable) {
      LOG.warn("owner cannot be reached owner={}", owner, unreachable);
      Answers.problem(
          context,
          Problem.notReady("the partition's owner cannot be reached", AnswerWriter.RETRY_AFTER));
    } catch (IOException unanswered) {
      LOG.warn("owner did not answer owner={}", owner, unanswered);
      Answers.problem(context, AnswerWriter.outcomeUnknown("its owner did not answer"));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      Answers.problem(context, AnswerWriter.outcomeUnknown("the service is stopping"));
    }
  }

  private HttpRequest request(Context context, byte[] body, URI owner) {
    String query = context.queryString() == null ? "" : "?" + context.queryString();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(owner.resolve(context.path() + query))
            .timeout(timeout)
            .header(RequestHeaders.FORWARDED_BY, instanceId)
            .method(context.method().name(), BodyPublishers.ofByteArray(body));
    for (String header : REQUEST_HEADERS) {
      String value = context.header(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    return request.build();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
