package io.linkwright.systemtests;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.linkwright.command.api.CommandIds;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.edgeprotocol.ControllerKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Adds and removes links at random from several threads, and remembers what each command was told:
 * acknowledged, refused, or nothing at all.
 */
final class LinkLoad {
  private static final int THREADS = 6;

  /** Enough for an even rate when answers take a second. */
  private static final int PACED_THREADS = 64;

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final int MAX_REPEATS = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Command(String key, String method, String path, String body) {}

  private final URI server;
  private final String group;
  private final List<EdgeId> edges;
  private final long seed;
  private final Random random;
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<Command> unanswered = new ConcurrentLinkedQueue<>();
  private final AtomicInteger made = new AtomicInteger();

  LinkLoad(URI server, String group, List<EdgeId> edges, long seed) {
    this.server = server;
    this.group = group;
    this.edges = edges;
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** Revision by idempotency key. */
  Map<String, Long> acknowledged() {
    return new HashMap<>(acknowledged);
  }

  /** Idempotency keys. */
  Set<String> refused() {
    return Set.copyOf(refused);
  }

  /**
   * Sends commands until {@code count} more are acknowledged, does {@code then} while they keep
   * coming, and stops.
   */
  void runUntil(int count, Runnable then) {
    int goal = acknowledged.size() + count;
    AtomicBoolean stopping = new AtomicBoolean();
    try (HttpClient http = HttpClient.newHttpClient();
        var threads = Executors.newFixedThreadPool(THREADS)) {
      for (int thread = 0; thread < THREADS; thread++) {
        threads.execute(
            () -> {
              while (!stopping.get()) {
                send(http, next());
              }
            });
      }
      try {
        Eventually.holds(
            Duration.ofMinutes(2),
            () -> acknowledged.size() >= goal,
            () -> "only %d of %d acknowledged".formatted(acknowledged.size(), goal));
        then.run();
      } finally {
        stopping.set(true);
      }
    }
  }

  /** Sends commands at an even rate for a while, and returns when the last one has its answer. */
  void runFor(Duration duration, int perSecond) {
    long startNanos = System.nanoTime();
    long total = duration.toSeconds() * perSecond;
    AtomicLong sent = new AtomicLong();
    try (HttpClient http = HttpClient.newHttpClient();
        var threads = Executors.newFixedThreadPool(PACED_THREADS)) {
      for (int thread = 0; thread < PACED_THREADS; thread++) {
        threads.execute(
            () -> {
              // Later than the end nothing is sent: what a slow answer has held up is left out.
              for (long number = sent.getAndIncrement();
                  number < total && System.nanoTime() - startNanos < duration.toNanos();
                  number = sent.getAndIncrement()) {
                LockSupport.parkNanos(
                    startNanos
                        + Duration.ofSeconds(1).toNanos() * number / perSecond
                        - System.nanoTime());
                send(http, next());
              }
            });
      }
    }
  }

  /**
   * The log has what was acknowledged, once and at the revision that was told, nothing that was
   * refused, and its revisions are dense.
   *
   * @param controllerKey gives the commands their names on the log
   */
  void requireEveryAnswerTrue(Log log, ControllerKey controllerKey) {
    CommandIds names = new CommandIds(controllerKey);
    GroupId id = new GroupId(group);
    List<RecordedEvent> events = log.events();
    Map<String, List<RecordedEvent>> byCommand =
        events.stream().collect(groupingBy(RecordedEvent::commandId));

    assertThat(events.stream().map(RecordedEvent::revision))
        .as("revisions are dense, seed %d", seed)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, events.size()).mapToObj(Long::valueOf).toList());
    acknowledged.forEach(
        (key, revision) ->
            assertThat(byCommand.get(names.ofClientKey(id, key)))
                .as("acknowledged %s, seed %d", key, seed)
                .extracting(RecordedEvent::revision)
                .containsExactly(revision));
    assertThat(byCommand)
        .doesNotContainKeys(
            refused.stream().map(key -> names.ofClientKey(id, key)).toArray(String[]::new));
  }

  /** Commands that nobody answered yet. */
  int unanswered() {
    return unanswered.size();
  }

  /** What was never answered is sent again under the same keys, until all of it is answered. */
  void repeatUnanswered() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int repeat = 0; repeat < MAX_REPEATS && !unanswered.isEmpty(); repeat++) {
        List<Command> again = new ArrayList<>(unanswered);
        unanswered.clear();
        again.forEach(command -> send(http, command));
      }
    }
    if (!unanswered.isEmpty()) {
      throw new AssertionError("never answered: " + unanswered);
    }
  }

  private synchronized Command next() {
    EdgeId one = edges.get(random.nextInt(edges.size()));
    EdgeId other = edges.get(random.nextInt(edges.size()));
    String key = "load-" + made.incrementAndGet();
    String links = Operator.links(group);
    return random.nextInt(3) == 0
        ? new Command(key, "DELETE", links + "/" + one + "~" + other, "")
        : new Command(key, "POST", links, Operator.pair(one.value(), other.value()).toString());
  }

  private void send(HttpClient http, Command command) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(server.resolve(command.path()))
                  .timeout(ANSWER_LIMIT)
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", command.key())
                  .method(command.method(), HttpRequest.BodyPublishers.ofString(command.body()))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      record(command, answer);
    } catch (IOException noAnswer) {
      unanswered.add(command);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      unanswered.add(command);
    }
  }

  private void record(Command command, HttpResponse<String> answer) throws IOException {
    switch (answer.statusCode() / 100) {
      case 2 ->
          Optional.ofNullable(
                  acknowledged.put(
                      command.key(), JSON.readTree(answer.body()).path("revision").asLong()))
              .ifPresent(
                  _ -> {
                    throw new AssertionError(command.key() + " answered twice");
                  });
      case 4 -> refused.add(command.key());
      default -> unanswered.add(command);
    }
  }
}
