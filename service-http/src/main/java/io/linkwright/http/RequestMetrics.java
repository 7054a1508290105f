package io.linkwright.http;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Times requests by method, route and status. The route is the pattern and not the path, so the
 * number of series is bounded by the number of routes, and a method that HTTP does not know has one
 * name here; the timers are looked up without building tags.
 */
final class RequestMetrics {
  private static final String UNMATCHED = "unmatched";
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofSeconds(1)
  };

  private record Series(String method, String route, int status) {}

  private final MeterRegistry registry;
  private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

  RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void record(Context context, Duration elapsed) {
    Endpoint matched = context.endpoints().lastHttpEndpoint();
    record(
        new Series(
            RequestGate.methodLabel(context.method().name()),
            matched == null ? UNMATCHED : matched.path,
            context.statusCode()),
        elapsed);
  }

  /** What was refused before any route was asked. */
  void refused(String method, int status) {
    record(new Series(RequestGate.methodLabel(method), UNMATCHED, status), Duration.ZERO);
  }

  private void record(Series series, Duration elapsed) {
    timers.computeIfAbsent(series, this::timer).record(elapsed);
  }

  private Timer timer(Series series) {
    return Timer.builder("linkwright.http.requests")
        .description("Time from the request's head to the end of the answer")
        .tag("method", series.method())
        .tag("route", series.route())
        .tag("status", Integer.toString(series.status()))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }
}
