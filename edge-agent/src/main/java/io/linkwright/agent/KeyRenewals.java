package io.linkwright.agent;

import io.linkwright.agent.tunnel.WornKeys;
import io.linkwright.domain.group.Limits;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.text.PlainText;
import io.linkwright.edgeprotocol.KeyRenewal;
import io.linkwright.edgeprotocol.ProtocolLimits;
import io.linkwright.edgeprotocol.RenewalReason;
import io.linkwright.httpapi.IdempotencyKey;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the controller for new keys where the driver must not go on with those it has: one request
 * at a time, of {@link Limits#MAX_RENEWED_LINKS} links at most. Nothing of it is kept: the driver
 * says what is worn until newer keys are there, and what went wrong is asked again when the
 * connection comes about anew, or with the next tick. Owned by the agent's serial executor.
 */
final class KeyRenewals {
  private static final Logger LOG = LoggerFactory.getLogger(KeyRenewals.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = TIMEOUT.multipliedBy(2);
  private static final int MAX_ANSWER_BYTES = 64 * 1024;
  private static final int OK = 200;

  private final AgentConfig config;
  private final AgentRuntime runtime;
  private final SerialExecutor serial;
  private final Function<GroupId, List<WornKeys>> worn;

  /** Answered, or on their way; bounded by the links of the edge. */
  private final Set<Asked> asked = new HashSet<>();

  private boolean waiting;

  private record Asked(GroupId group, LinkId link, int keyVersion) {}

  KeyRenewals(
      AgentConfig config,
      AgentRuntime runtime,
      SerialExecutor serial,
      Function<GroupId, List<WornKeys>> worn) {
    this.config = config;
    this.runtime = runtime;
    this.serial = serial;
    this.worn = worn;
  }

  /** Time has passed: what is still worn is asked for once more. */
  void forget() {
    asked.clear();
  }

  /** Asks for what is worn and was not asked for yet. */
  void ask(List<GroupId> groups) {
    for (GroupId group : groups) {
      List<WornKeys> open =
          worn.apply(group).stream()
              .filter(keys -> !asked.contains(new Asked(group, keys.link(), keys.keyVersion())))
              .toList();
      if (!waiting && !open.isEmpty()) {
        ask(group, open, groups);
      }
    }
  }

  private void ask(GroupId group, List<WornKeys> open, List<GroupId> groups) {
    RenewalReason reason = open.getFirst().reason();
    SortedMap<LinkId, Integer> keyVersions = new TreeMap<>();
    open.stream()
        .filter(keys -> keys.reason() == reason)
        .limit(Limits.MAX_RENEWED_LINKS)
        .forEach(
            keys -> {
              keyVersions.put(keys.link(), keys.keyVersion());
              asked.add(new Asked(group, keys.link(), keys.keyVersion()));
            });
    KeyRenewal renewal = new KeyRenewal(group, config.edge(), reason, keyVersions);
    LOG.info(
        "edge={} group={} links={} asks for new keys: {}",
        config.edge(),
        group,
        keyVersions.size(),
        reason.label());
    CompletableFuture<HttpResponse<String>> exchange =
        runtime
            .http()
            .sendAsync(
                request(renewal), BodyHandlers.limiting(BodyHandlers.ofString(), MAX_ANSWER_BYTES));
    waiting = true;
    // The request's own timeout ends with the head of the answer.
    var _ =
        exchange
            .copy()
            .orTimeout(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete(
                (answer, failure) -> {
                  exchange.cancel(true);
                  serial.execute(() -> answered(renewal, answer, failure, groups));
                });
  }

  private HttpRequest request(KeyRenewal renewal) {
    byte[] body = renewal.body(config.keys().publicKeys().identity(), config.keys().sign(renewal));
    return HttpRequest.newBuilder(config.request(renewal.path()))
        .timeout(TIMEOUT)
        .header("Content-Type", "application/json")
        .header(IdempotencyKey.HEADER, renewal.idempotencyKey(UUID.randomUUID()))
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  /** What has failed waits for {@link #forget}: no haste makes a controller come back. */
  private void answered(
      KeyRenewal renewal, HttpResponse<String> answer, Throwable failure, List<GroupId> groups) {
    waiting = false;
    if (failure == null && answer.statusCode() == OK) {
      ask(groups);
      return;
    }
    LOG.warn(
        "edge={} group={} links={} no new keys yet, to be asked again: {}",
        config.edge(),
        renewal.group(),
        renewal.keyVersions().size(),
        PlainText.of(
            failure == null ? answer.statusCode() + " " + answer.body() : failure.toString(),
            ProtocolLimits.MAX_ERROR_LENGTH));
  }
}
