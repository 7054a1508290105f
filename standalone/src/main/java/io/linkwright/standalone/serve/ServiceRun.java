package io.linkwright.standalone.serve;

import io.linkwright.http.HttpModule;
import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.linkwright.standalone.run.BoundedStop;
import io.linkwright.standalone.run.FatalErrors;
import io.linkwright.standalone.run.PatientStart;
import io.linkwright.standalone.run.RunException;
import io.linkwright.terminal.command.StopSignal;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One service behind its HTTP server, from its start to the signal that ends it. */
public final class ServiceRun {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceRun.class);
  private static final Duration SERVER_LIMIT = Duration.ofSeconds(10);
  private static final Duration PART_LIMIT = Duration.ofSeconds(40);

  private ServiceRun() {}

  /** A service that was started, and how it is stopped. */
  public record Part(HttpModule module, Runnable stop) implements AutoCloseable {
    @Override
    public void close() {
      stop.run();
    }
  }

  /**
   * Starts the service and its server, and returns when SIGTERM or SIGINT has ended them: requests
   * in flight first, then the service. Whether it can serve, {@code /readyz} says.
   *
   * @throws RunException if either cannot start
   */
  public static void untilInterrupted(
      HttpServerConfig http, PrintWriter out, Function<PrometheusMeterRegistry, Part> start)
      throws RunException {
    ServiceLog.writeToConsole();
    FatalErrors.endTheProcess();
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (StopSignal _ = StopSignal.interruptingThisThread();
        Stoppable<Part> part =
            new Stoppable<>(
                "service", PatientStart.of("service", () -> start.apply(metrics)), PART_LIMIT);
        Stoppable<HttpServer> server =
            new Stoppable<>(
                "http",
                HttpServer.start(http, metrics, List.of(part.running().module())),
                SERVER_LIMIT)) {
      String name = part.running().module().name();
      out.printf("%s serves http://%s:%d%n", name, http.host(), server.running().port());
      StopSignal.await();
      out.printf("%s stops.%n", name);
    } catch (RuntimeException failed) {
      LOG.error("service failed", failed);
      throw new RunException("the service cannot run: " + failed.getMessage(), failed);
    }
  }

  /** Something that runs, and is stopped within its bound, whatever becomes of it. */
  private record Stoppable<T extends AutoCloseable>(String name, T running, Duration limit)
      implements AutoCloseable {
    @Override
    public void close() {
      BoundedStop.of(name, running, limit);
    }
  }
}
