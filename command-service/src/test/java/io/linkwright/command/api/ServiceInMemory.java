package io.linkwright.command.api;

import io.javalin.config.JavalinConfig;
import io.linkwright.command.log.InMemoryEventLog;
import io.linkwright.command.log.InMemoryEventLog.Fate;
import io.linkwright.command.ownership.Owner;
import io.linkwright.command.ownership.PartitionOwners;
import io.linkwright.command.writer.PartitionWriter;
import io.linkwright.command.writer.PlainConfiguration;
import io.linkwright.command.writer.WriterLimits;
import io.linkwright.command.writer.WriterMetrics;
import io.linkwright.command.writer.WriterProtocol;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.http.HttpModule;
import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.linkwright.http.Readiness;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The commands over HTTP with one real writer and a log in memory, whose appends can be doomed. */
final class ServiceInMemory implements AutoCloseable {
  static final ControllerKey CONTROLLER = ControllerKey.generate();

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  private final Queue<Fate> fates = new ConcurrentLinkedQueue<>();
  private final InMemoryEventLog log = new InMemoryEventLog(1, _ -> nextFate());
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final CommandStamps stamps;
  private final PartitionWriter writer;
  private final Front front;

  /** At what {@code time} says is now. */
  ServiceInMemory(InstantSource time) {
    CommandStamps system = CommandStamps.system(CONTROLLER);
    stamps = new CommandStamps(time, system.commandIds(), system.seeds(), system.tokens());
    WriterMetrics writerMetrics = new WriterMetrics(metrics);
    writer =
        PartitionWriter.start(
            0,
            new WriterProtocol(
                0, log, new PlainConfiguration(), WriterLimits.DEFAULT, writerMetrics),
            WriterLimits.DEFAULT,
            system.rekeys(writerMetrics));
    front = frontOf(_ -> new Owner.Local(writer));
  }

  /** Another instance of the service, which finds the owner of the partition in its own way. */
  Front frontOf(PartitionOwners owners) {
    CommandGateway gateway =
        new CommandGateway(1, owners, stamps, "test", REQUEST_TIMEOUT, metrics);
    HttpServer server =
        HttpServer.start(
            new HttpServerConfig("127.0.0.1", 0),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            List.of(new Module(gateway)));
    URI url = URI.create("http://127.0.0.1:" + server.port());
    return new Front(gateway, server, url, new ApiClient(url));
  }

  /** What the next appends come to, before all go well again. */
  void doom(Fate... next) {
    fates.addAll(List.of(next));
  }

  HttpResponse<String> send(String method, String path, String body, String... headers) {
    return front.client().send(method, path, body, headers);
  }

  URI url() {
    return front.url();
  }

  InMemoryEventLog log() {
    return log;
  }

  String metrics() {
    return metrics.scrape();
  }

  @Override
  public void close() {
    front.close();
    writer.close();
  }

  private Fate nextFate() {
    Fate fate = fates.poll();
    return fate == null ? Fate.WELL : fate;
  }

  /** A gateway behind its HTTP server, and a client of it. */
  record Front(CommandGateway gateway, HttpServer server, URI url, ApiClient client)
      implements AutoCloseable {
    @Override
    public void close() {
      server.close();
      gateway.close();
      client.close();
    }
  }

  private record Module(CommandGateway gateway) implements HttpModule {
    @Override
    public String name() {
      return "command";
    }

    @Override
    public void routes(JavalinConfig config) {
      new CommandRoutes(gateway).addTo(config.routes);
    }

    @Override
    public Readiness readiness() {
      return Readiness.ready();
    }
  }
}
