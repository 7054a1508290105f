package io.linkwright.console;

import io.linkwright.console.web.ApiDocs;
import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console as a process of its own: {@code --command-url URL --query-url URL [--docs-url URL]
 * [--host HOST] [--port PORT]}. Runs until SIGTERM or SIGINT.
 */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int WRONG_ARGUMENTS = 2;

  private Main() {}

  /** Starts it. */
  public static void main(String[] arguments) throws InterruptedException {
    ConsoleConfig config;
    try {
      config = ConsoleConfig.parse(List.of(arguments));
    } catch (IllegalArgumentException refused) {
      System.err.println(refused.getMessage());
      System.err.println(ConsoleConfig.USAGE);
      System.exit(WRONG_ARGUMENTS);
      return;
    }
    run(config);
  }

  private static void run(ConsoleConfig config) throws InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(stop, stopped)));
    try (ConsoleModule console =
            new ConsoleModule(config.services(), config.docsUrl().map(ApiDocs::at));
        HttpServer _ =
            HttpServer.start(
                new HttpServerConfig(config.host(), config.port()),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                List.of(console))) {
      LOG.info(
          "console serves commands={} queries={}",
          config.services().commands(),
          config.services().queries());
      stop.await();
    } finally {
      stopped.countDown();
    }
  }

  /** The JVM ends when its hooks do, so this one waits until everything is closed. */
  private static void end(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
