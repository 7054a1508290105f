package io.linkwright.cli.run;

import io.linkwright.command.CommandService;
import io.linkwright.command.CommandServiceConfig;
import io.linkwright.console.ConsoleModule;
import io.linkwright.console.api.Services;
import io.linkwright.console.web.ApiDocs;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.ControllerPublicKey;
import io.linkwright.embedded.EmbeddedKafka;
import io.linkwright.embedded.EmbeddedKafkaConfig;
import io.linkwright.http.HttpModule;
import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.linkwright.http.Route;
import io.linkwright.pusher.PusherConfig;
import io.linkwright.pusher.PusherService;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.TopicLayout;
import io.linkwright.schemas.WireFormat;
import io.linkwright.topology.TopologyConfig;
import io.linkwright.topology.TopologyService;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Broker and services in one process, on the loopback interface only. The services are the same as
 * in an installation of many machines, wired to each other by nothing but the broker.
 */
public final class AllInOne implements AutoCloseable {
  /** Of the topics of a new data directory; those of an older one stay as they are. */
  public static final TopicLayout LAYOUT = TopicLayout.singleBroker();

  private static final String HOST = "127.0.0.1";
  private static final String INSTANCE = "all-in-one";

  private final EmbeddedKafka kafka;
  private final CommandService commands;
  private final TopologyService topology;
  private final PusherService pusher;
  private final ConsoleModule console;
  private final HttpServer http;
  private final WireFormat wire;
  private final ControllerPublicKey controllerKey;

  private AllInOne(Parts parts, HttpServer http, WireFormat wire, ControllerPublicKey key) {
    this.kafka = parts.kafka();
    this.commands = parts.commands();
    this.topology = parts.topology();
    this.pusher = parts.pusher();
    this.console = parts.console();
    this.http = http;
    this.wire = wire;
    this.controllerKey = key;
  }

  private record Parts(
      EmbeddedKafka kafka,
      CommandService commands,
      TopologyService topology,
      PusherService pusher,
      ConsoleModule console) {}

  /**
   * Starts everything and returns when all of it serves. What was started is stopped again if
   * something cannot start.
   *
   * @throws RunException if a port is taken or a part does not start; the message says what to do
   */
  public static AllInOne start(AllInOneConfig config, DataDirectory data) throws RunException {
    int httpPort = FreePort.require(config.httpPort(), "--port");
    int kafkaPort = FreePort.require(config.kafkaPort(), "--kafka-port");
    RunLog.writeTo(data.log());
    try (StartSequence sequence = new StartSequence()) {
      AllInOne run = start(sequence, httpPort, kafkaPort, data);
      sequence.succeeded();
      return run;
    } catch (RuntimeException failed) {
      throw new RunException(
          "Linkwright cannot start: %s%nMore is in %s".formatted(failed.getMessage(), data.log()),
          failed);
    }
  }

  private static AllInOne start(
      StartSequence sequence, int httpPort, int kafkaPort, DataDirectory data) {
    // The broker takes longest, so what needs no broker is loaded meanwhile.
    var preparing = sequence.inBackground(() -> Preparation.of(data));
    EmbeddedKafka kafka =
        sequence.started(EmbeddedKafka.start(new EmbeddedKafkaConfig(data.kafka(), kafkaPort)));
    String bootstrap = kafka.bootstrapServers();
    ensureTopics(bootstrap);
    Preparation prepared = preparing.join();
    WireFormat wire = prepared.wire();
    PrometheusMeterRegistry metrics = prepared.metrics();
    ControllerKey key = prepared.key();
    URI url = URI.create("http://%s:%d".formatted(HOST, httpPort));

    var commands =
        sequence.inBackground(
            () ->
                CommandService.start(
                    CommandServiceConfig.of(bootstrap, INSTANCE, url), wire, key, metrics));
    var topology =
        sequence.inBackground(
            () ->
                TopologyService.start(
                    TopologyConfig.single(bootstrap, data.topology()), wire, metrics));
    var pusher =
        sequence.inBackground(
            () -> PusherService.start(PusherConfig.of(bootstrap, data.pusher()), wire, metrics));
    ConsoleModule console =
        sequence.started(
            new ConsoleModule(new Services(url, url), Optional.of(ApiDocs.besideConsole())));
    Parts parts = new Parts(kafka, commands.join(), topology.join(), pusher.join(), console);
    List<HttpModule> modules =
        List.of(
            parts.commands(),
            parts.topology(),
            parts.pusher(),
            new RegistryModule(),
            new DocsModule(),
            console);
    HttpServer http =
        sequence.started(HttpServer.start(new HttpServerConfig(HOST, httpPort), metrics, modules));
    ReadinessWait.await(modules);
    return new AllInOne(parts, http, wire, key.publicKey());
  }

  /** Where the HTTP API, the edges' WebSocket and the registry are. */
  public URI url() {
    return URI.create("http://%s:%d".formatted(HOST, http.port()));
  }

  /** The port of {@link #url()}. */
  public int httpPort() {
    return http.port();
  }

  /** Where Kafka clients connect. */
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** What Kafka clients decode with. */
  public URI registryUrl() {
    return url().resolve(RegistryModule.PATH);
  }

  /** All that the HTTP server answers. */
  List<Route> routes() {
    return http.routes();
  }

  /** What edges pin. */
  public ControllerPublicKey controllerKey() {
    return controllerKey;
  }

  /** How values are written. */
  public WireFormat wire() {
    return wire;
  }

  /** Stops serving, then the services, then the broker; each has a bound of its own. */
  @Override
  public void close() {
    http.close();
    console.close();
    List.of(commands, topology, pusher).parallelStream().forEach(AllInOne::close);
    kafka.close();
  }

  private static void close(AutoCloseable service) {
    try {
      service.close();
    } catch (Exception failed) {
      throw new IllegalStateException("a service did not stop", failed);
    }
  }

  private static void ensureTopics(String bootstrap) {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
      TopicLayout layout =
          LinkwrightTopics.partitions(admin).map(LAYOUT::withPartitions).orElse(LAYOUT);
      LinkwrightTopics.ensure(admin, layout);
    }
  }

  /** What needs no broker. */
  private record Preparation(WireFormat wire, PrometheusMeterRegistry metrics, ControllerKey key) {
    static Preparation of(DataDirectory data) {
      return new Preparation(
          WireFormat.bundled(),
          new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
          ControllerKey.loadOrCreate(data.controllerKey()));
    }
  }
}
