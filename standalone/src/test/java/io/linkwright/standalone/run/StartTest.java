package io.linkwright.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.config.JavalinConfig;
import io.linkwright.http.HttpModule;
import io.linkwright.http.Liveness;
import io.linkwright.http.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

/** How a start waits, gives up and cleans up. */
final class StartTest {
  private static final Duration STUCK_AFTER = Duration.ofMillis(300);

  private final Queue<String> stopped = new ConcurrentLinkedQueue<>();

  private AutoCloseable part(String name) {
    return () -> stopped.add(name);
  }

  @Test
  void aPartThatFailsLeavesNothingRunning() {
    for (String failing : List.of("a", "b", "c")) {
      stopped.clear();

      assertThatThrownBy(() -> startAll(failing)).hasMessage(failing + " does not start");

      assertThat(stopped).contains("first").doesNotContain(failing).hasSize(3);
    }
  }

  private void startAll(String failing) {
    try (StartSequence sequence = new StartSequence()) {
      sequence.started("first", part("first"));
      List<StartSequence.Starting<AutoCloseable>> parts =
          List.of("a", "b", "c").stream()
              .map(name -> sequence.inBackground(name, () -> startedUnless(failing, name)))
              .toList();
      parts.forEach(StartSequence.Starting::join);
    }
  }

  private AutoCloseable startedUnless(String failing, String name) {
    if (name.equals(failing)) {
      throw new IllegalArgumentException(name + " does not start");
    }
    return part(name);
  }

  @Test
  void anErrorInAPartIsToldLikeAnyFailure() {
    assertThatThrownBy(
            () -> {
              try (StartSequence sequence = new StartSequence()) {
                sequence
                    .inBackground(
                        "a",
                        () -> {
                          throw new OutOfMemoryError("of the test");
                        })
                    .join();
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a failed")
        .hasMessageContaining("of the test");
  }

  @Test
  void aPartThatWaitsForTheClusterGivesUpWhenAnotherFails() {
    CountDownLatch waiting = new CountDownLatch(1);

    assertThatThrownBy(
            () -> {
              try (StartSequence sequence = new StartSequence()) {
                sequence.started("first", part("first"));
                sequence.inBackground(
                    "patient",
                    () ->
                        PatientStart.of(
                            "patient",
                            () -> {
                              waiting.countDown();
                              throw new TimeoutException("no answer");
                            }));
                waiting.await();
                throw new IllegalStateException("another fails");
              }
            })
        .hasMessage("another fails");

    assertThat(stopped).containsExactly("first");
  }

  @Test
  void neitherAFailureNorAnErrorNorSilenceKeepsTheNextPartFromBeingStopped() {
    BoundedStop.of(
        "error",
        () -> {
          throw new NoClassDefFoundError("of the test");
        },
        Duration.ofMinutes(1));
    BoundedStop.of("silent", new CountDownLatch(1)::await, Duration.ofMillis(20));
    BoundedStop.of("next", part("next"), Duration.ofMinutes(1));

    assertThat(stopped).containsExactly("next");
  }

  @Test
  void anAnswerThatComesLateIsWaitedForAndAMissingTopicIsNot() {
    AtomicInteger attempts = new AtomicInteger();

    String started =
        PatientStart.of(
            "part",
            () -> {
              if (attempts.incrementAndGet() == 1) {
                throw new KafkaException(new TimeoutException("no answer"));
              }
              return "started";
            });

    assertThat(started).isEqualTo("started");
    assertThatThrownBy(
            () ->
                PatientStart.of(
                    "part",
                    () -> {
                      throw new KafkaException(new UnknownTopicOrPartitionException("events"));
                    }))
        .isInstanceOf(KafkaException.class);
  }

  @Test
  void aStartThatMovesHasNoFixedEnd() {
    // Each answer is another one, and all of them together take longer than nothing may move.
    HttpModule restoring =
        new Module(
            asked ->
                asked > 100
                    ? Readiness.ready()
                    : Readiness.notReady("%d records behind".formatted(1_000 - asked)));

    new ReadinessWait(List.of(restoring), STUCK_AFTER).await();
  }

  @Test
  void aStartInWhichNothingMovesSaysWhatItWaitedFor() {
    HttpModule stuck = new Module(_ -> Readiness.notReady("3 of 12 partitions are replayed"));

    assertThatThrownBy(() -> new ReadinessWait(List.of(stuck), STUCK_AFTER).await())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nothing has moved")
        .hasMessageContaining("test: 3 of 12 partitions are replayed");
  }

  @Test
  void aDeadModuleIsNotWaitedFor() {
    HttpModule dead =
        new Module(_ -> Readiness.notReady("stopped")) {
          @Override
          public Liveness liveness() {
            return Liveness.dead("the feed has ended");
          }
        };

    assertThatThrownBy(() -> new ReadinessWait(List.of(dead), Duration.ofMinutes(5)).await())
        .hasMessageContaining("the feed has ended");
  }

  @Test
  void whatAStartWaitsForIsToldAgainAndAgain() throws InterruptedException {
    CountDownLatch told = new CountDownLatch(3);
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    AtomicInteger behind = new AtomicInteger(10);

    try (StartWatch watch =
        StartWatch.telling(
            what -> {
              heard.add(what);
              told.countDown();
            },
            Duration.ofMillis(5))) {
      watch.stage(() -> "view: %d records behind".formatted(behind.getAndDecrement()));
      told.await();
    }

    assertThat(heard).contains("view: 10 records behind", "view: 9 records behind");
  }

  @Test
  void anErrorInAnyThreadEndsTheProcessAndAnExceptionDoesNot() {
    Queue<Integer> ended = new ConcurrentLinkedQueue<>();
    FatalErrors errors = new FatalErrors(ended::add);

    errors.uncaughtException(Thread.currentThread(), new IllegalStateException("of the test"));
    assertThat(ended).isEmpty();
    errors.uncaughtException(Thread.currentThread(), new OutOfMemoryError("of the test"));
    assertThat(ended).containsExactly(FatalErrors.EXIT_CODE);
  }

  /** Says what it is told to say; the number is how often it was asked. */
  private static class Module implements HttpModule {
    private final IntFunction<Readiness> answer;
    private final AtomicInteger asked = new AtomicInteger();

    Module(IntFunction<Readiness> answer) {
      this.answer = answer;
    }

    @Override
    public String name() {
      return "test";
    }

    @Override
    public void routes(JavalinConfig config) {}

    @Override
    public Readiness readiness() {
      return answer.apply(asked.incrementAndGet());
    }
  }
}
