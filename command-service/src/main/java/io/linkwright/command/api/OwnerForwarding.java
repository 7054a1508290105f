package io.linkwright.command.api;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.linkwright.http.Answers;
import io.linkwright.http.InstanceForwarding;
import io.linkwright.http.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes a command on to the owner of its partition, and says what it means if the owner does not
 * answer. Thread-safe.
 */
final class OwnerForwarding implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerForwarding.class);
  private static final List<String> REQUEST_HEADERS =
      List.of(
          "Content-Type",
          Header.AUTHORIZATION,
          RequestHeaders.IDEMPOTENCY_KEY,
          RequestHeaders.IF_MATCH,
          RequestHeaders.ACTOR);

  private final InstanceForwarding instances;

  OwnerForwarding(String instanceId, Duration timeout) {
    this.instances = new InstanceForwarding(instanceId, timeout, REQUEST_HEADERS);
  }

  void forward(Context context, byte[] body, URI owner) {
    try {
      instances.forward(context, body, owner);
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

  @Override
  public void close() {
    instances.close();
  }
}
