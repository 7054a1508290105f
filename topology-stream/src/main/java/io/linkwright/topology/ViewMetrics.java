package io.linkwright.topology;

import io.linkwright.domain.group.RecordedEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;

/** What the stream has done, and how far behind the log's writer it is. */
final class ViewMetrics {
  private static final Duration[] DELAYS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofSeconds(1)
  };

  private final Counter applied;
  private final Counter repeated;
  private final Counter setAside;
  private final Counter heard;
  private final Timer delay;
  private final InstantSource clock;

  ViewMetrics(MeterRegistry registry, InstantSource clock) {
    this.clock = clock;
    this.applied =
        Counter.builder("linkwright.topology.events")
            .description("Events of the log that the view has applied")
            .register(registry);
    this.repeated =
        Counter.builder("linkwright.topology.events.repeated")
            .description("Events of the log that were applied before and dropped")
            .register(registry);
    this.setAside =
        Counter.builder("linkwright.topology.events.set.aside")
            .description("Events of the log whose group is damaged and stands still")
            .register(registry);
    this.heard =
        Counter.builder("linkwright.topology.statuses")
            .description("Reports of edges that the view has taken in")
            .register(registry);
    this.delay =
        Timer.builder("linkwright.topology.delay")
            .description("From an event's decision to its being seen in the view")
            .serviceLevelObjectives(DELAYS)
            .register(registry);
  }

  void applied(RecordedEvent event) {
    applied.increment();
    Duration since = Duration.between(event.occurredAt(), clock.instant());
    if (!since.isNegative()) {
      delay.record(since);
    }
  }

  void repeated() {
    repeated.increment();
  }

  void setAside() {
    setAside.increment();
  }

  void heard() {
    heard.increment();
  }
}
