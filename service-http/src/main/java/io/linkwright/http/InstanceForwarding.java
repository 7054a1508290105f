package io.linkwright.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes requests on to another instance of the same service, and the answers back unchanged. A
 * request that was passed on bears {@link #FORWARDED_BY} and is never passed on again: who had the
 * group a moment ago may have lost it since, and requests must not go in circles. Thread-safe.
 */
public final class InstanceForwarding implements AutoCloseable {
  /** Names the instance that has passed a request on. */
  public static final String FORWARDED_BY = "Linkwright-Forwarded-By";

  private static final Logger LOG = LoggerFactory.getLogger(InstanceForwarding.class);

  /** Streams passed on at once. */
  static final int MAX_STREAMS = 1_000;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final List<String> RESPONSE_HEADERS =
      List.of(
          "Content-Type",
          "ETag",
          "Retry-After",
          "Cache-Control",
          "X-Accel-Buffering",
          "Linkwright-View-Age-Ms");

  private final String instanceId;
  private final Duration timeout;
  private final List<String> requestHeaders;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final Semaphore streams = new Semaphore(MAX_STREAMS);
  private final Set<RelayedBody> open = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  /**
   * Forwarding by this instance.
   *
   * @param timeout for a whole answer, or for the beginning of a stream
   * @param requestHeaders that are passed on with a request
   */
  public InstanceForwarding(String instanceId, Duration timeout, List<String> requestHeaders) {
    this.instanceId = instanceId;
    this.timeout = timeout;
    this.requestHeaders = List.copyOf(requestHeaders);
  }

  /** Whether another instance has passed this request on. */
  public static boolean isForwarded(Context context) {
    return context.header(FORWARDED_BY) != null;
  }

  /**
   * Answers a request as {@code instance} does.
   *
   * @throws java.net.ConnectException or {@link java.net.http.HttpConnectTimeoutException} if the
   *     instance cannot be reached, and so has done nothing
   * @throws IOException if it does not answer in time or as a whole; what it has done is not known
   */
  public void forward(Context context, byte[] body, URI instance)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = await(ask(context, body, instance, Map.of()));
    begin(context, answer);
    context.result(answer.body());
  }

  /** Begins to ask {@code instance} the same, with further headers. */
  public CompletableFuture<HttpResponse<byte[]>> ask(
      Context context, byte[] body, URI instance, Map<String, String> headers) {
    HttpRequest.Builder request =
        request(context, instance)
            .method(context.method().name(), BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return client.sendAsync(request.build(), BodyHandlers.ofByteArray());
  }

  /** Waits for an answer as long as may be; fails as {@link #forward} does. */
  public <T> T await(CompletableFuture<T> answer) throws IOException, InterruptedException {
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw new HttpTimeoutException("no answer within " + timeout);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException unanswered) {
        throw unanswered;
      }
      throw new IllegalStateException("request cannot be passed on", failed.getCause());
    }
  }

  /**
   * Answers with a stream that {@code instance} sends, byte by byte as it comes, until either end
   * is gone, the instance falls silent, or {@link #endStreams} is called.
   *
   * @throws ProblemException 503 if as many streams are open as may
   * @throws IOException if the instance does not begin to answer
   */
  public void stream(Context context, URI instance) throws IOException, InterruptedException {
    if (!streams.tryAcquire()) {
      throw new ProblemException(
          Problem.notReady("%d streams are passed on already".formatted(MAX_STREAMS), RETRY_AFTER));
    }
    RelayedBody body = new RelayedBody();
    try {
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer =
          await(
              client.sendAsync(
                  request(context, instance).GET().build(), BodyHandlers.ofPublisher()));
      begin(context, answer);
      answer.body().subscribe(body);
      open.add(body);
      if (ended) {
        return;
      }
      copy(body, context);
    } finally {
      open.remove(body);
      body.close();
      streams.release();
    }
  }

  private static void copy(RelayedBody body, Context context) throws InterruptedException {
    try {
      body.copyTo(context.res().getOutputStream());
    } catch (IOException clientGone) {
      LOG.debug("stream ended path={}", context.path(), clientGone);
    }
  }

  /** Ends all streams, and lets none begin: clients come back to another instance. */
  public void endStreams() {
    ended = true;
    open.forEach(RelayedBody::end);
  }

  @Override
  public void close() {
    endStreams();
    client.shutdownNow();
  }

  private static void begin(Context context, HttpResponse<?> answer) {
    context.status(answer.statusCode());
    for (String header : RESPONSE_HEADERS) {
      answer.headers().firstValue(header).ifPresent(value -> context.header(header, value));
    }
  }

  private HttpRequest.Builder request(Context context, URI instance) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target(context, instance)).header(FORWARDED_BY, instanceId);
    for (String header : requestHeaders) {
      String value = context.header(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    return request;
  }

  private static URI target(Context context, URI instance) {
    String query = context.queryString() == null ? "" : "?" + context.queryString();
    try {
      return instance.resolve(context.path() + query);
    } catch (IllegalArgumentException notEncoded) {
      throw new ProblemException(
          Problem.invalid("the URL has characters that must be percent-encoded"));
    }
  }
}
