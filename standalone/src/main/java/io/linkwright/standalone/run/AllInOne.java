package io.linkwright.standalone.run;

import io.linkwright.command.CommandService;
import io.linkwright.command.CommandServiceConfig;
import io.linkwright.console.ConsoleAccess;
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
import io.linkwright.http.access.Grant;
import io.linkwright.http.access.Role;
import io.linkwright.http.access.StaticToken;
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
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

  private static final Duration HTTP_STOP_LIMIT = Duration.ofSeconds(8);
  private static final Duration SERVICE_STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration BROKER_STOP_LIMIT = Duration.ofSeconds(21);

  private final EmbeddedKafka kafka;
  private final CommandService commands;
  private final TopologyService topology;
  private final PusherService pusher;
  private final ConsoleModule console;
  private final HttpServer http;
  private final WireFormat wire;
  private final ControllerPublicKey controllerKey;
  private final String ownToken;

  private AllInOne(
      Parts parts, HttpServer http, WireFormat wire, ControllerPublicKey key, String ownToken) {
    this.ownToken = ownToken;
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
   * something cannot start. There is no limit to how long it may take while something moves.
   *
   * @throws RunException if a port is taken or a part does not start; the message says what to do
   */
  public static AllInOne start(AllInOneConfig config, DataDirectory data, StartListener listener)
      throws RunException {
    int httpPort = FreePort.require(config.httpPort(), "--port");
    int kafkaPort = FreePort.require(config.kafkaPort(), "--kafka-port");
    data.requireKeyOfItsLog();
    RunLog.writeTo(data.log());
    try (StartWatch watch = StartWatch.telling(listener);
        StartSequence sequence = new StartSequence()) {
      AllInOne run =
          start(
              sequence,
              watch,
              new AllInOneConfig(httpPort, kafkaPort, config.authentication()),
              data);
      sequence.succeeded();
      return run;
    } catch (RuntimeException failed) {
      throw new RunException(
          "Linkwright cannot start: %s%nMore is in %s".formatted(failed.getMessage(), data.log()),
          failed);
    }
  }

  /** The same, with nobody to tell how it gets on. */
  public static AllInOne start(AllInOneConfig config, DataDirectory data) throws RunException {
    return start(config, data, StartListener.SILENT);
  }

  private static AllInOne start(
      StartSequence sequence, StartWatch watch, AllInOneConfig config, DataDirectory data) {
    watch.stage("broker: reads its log and starts");
    // The broker takes longest, so what needs no broker is loaded meanwhile.
    var preparing = sequence.inBackground("preparation", () -> Preparation.of(data));
    EmbeddedKafka kafka =
        sequence.started(
            "broker",
            EmbeddedKafka.start(new EmbeddedKafkaConfig(data.kafka(), config.kafkaPort())));
    String bootstrap = kafka.bootstrapServers();
    // The key is on disk before there is a log that is signed with it.
    Preparation prepared = preparing.join();
    WireFormat wire = prepared.wire();
    PrometheusMeterRegistry metrics = prepared.metrics();
    ControllerKey key = prepared.key();
    URI url = URI.create("http://%s:%d".formatted(HOST, config.httpPort()));
    watch.stage("broker: asked for its topics");
    PatientStart.of("topics", () -> ensureTopics(bootstrap));

    var commands =
        patiently(
            sequence,
            "command-service",
            () ->
                CommandService.start(
                    CommandServiceConfig.of(bootstrap, INSTANCE, url)
                        .withKafka(LocalClients.SETTINGS),
                    wire,
                    key,
                    metrics));
    var topology =
        patiently(
            sequence,
            "topology-stream",
            () ->
                TopologyService.start(
                    TopologyConfig.single(bootstrap, data.topology())
                        .among(INSTANCE, url)
                        .withKafka(LocalClients.SETTINGS),
                    wire,
                    metrics));
    var pusher =
        patiently(
            sequence,
            "config-pusher",
            () -> PusherService.start(PusherConfig.of(bootstrap, data.pusher()), wire, metrics));
    watch.stage(() -> stillStarting(List.of(commands, topology, pusher)));
    String consoleToken = StaticToken.make(new SecureRandom());
    ConsoleModule console =
        sequence.started(
            "console",
            new ConsoleModule(
                new Services(url, url),
                Optional.of(ApiDocs.besideConsole()),
                config.authentication().isAsked()
                    ? new ConsoleAccess.OfVisitors(consoleToken)
                    : new ConsoleAccess.AsItself(Optional.of(consoleToken))));
    Parts parts = new Parts(kafka, commands.join(), topology.join(), pusher.join(), console);
    watch.stage("http: opens its port");
    String ownToken = StaticToken.make(new SecureRandom());
    List<HttpModule> modules =
        List.of(
            parts.commands(),
            parts.topology(),
            parts.pusher(),
            new RegistryModule(),
            new DocsModule(),
            DiskReserve.of(data.root(), metrics),
            console);
    HttpServer http =
        sequence.started(
            "http",
            HttpServer.start(
                new HttpServerConfig(HOST, config.httpPort())
                    .withAuthentication(
                        config
                            .authentication()
                            .trusting("linkwright", Grant.of(Role.ADMIN), ownToken)
                            .trusting("console", consoleGrant(config), consoleToken)),
                metrics,
                modules));
    ReadinessWait ready = new ReadinessWait(modules, ReadinessWait.STUCK_AFTER);
    watch.stage(ready::unready);
    ready.await();
    return new AllInOne(parts, http, wire, key.publicKey(), ownToken);
  }

  /** Where visitors sign in, it only reads for them. */
  private static Grant consoleGrant(AllInOneConfig config) {
    return Grant.of(config.authentication().isAsked() ? Role.AUDITOR : Role.ADMIN);
  }

  private static <T> StartSequence.Starting<T> patiently(
      StartSequence sequence, String name, Supplier<T> start) {
    return sequence.inBackground(name, () -> PatientStart.of(name, start));
  }

  private static String stillStarting(List<StartSequence.Starting<?>> parts) {
    return parts.stream()
        .filter(part -> !part.isStarted())
        .map(part -> part.name() + ": asks the broker")
        .collect(Collectors.joining(", "));
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

  /** What this process's own clients prove by that they are of it. Secret; it ends with the run. */
  public String ownToken() {
    return ownToken;
  }

  /** How values are written. */
  public WireFormat wire() {
    return wire;
  }

  /**
   * Stops serving, then the services, then the broker. Each within its bound, and whatever became
   * of the one before: a broker that is not stopped makes the next start read all of its log.
   */
  @Override
  public void close() {
    BoundedStop.of("http", http, HTTP_STOP_LIMIT);
    BoundedStop.of("console", console, HTTP_STOP_LIMIT);
    Map.<String, AutoCloseable>of(
            "command-service", commands, "topology-stream", topology, "config-pusher", pusher)
        .entrySet()
        .parallelStream()
        .forEach(part -> BoundedStop.of(part.getKey(), part.getValue(), SERVICE_STOP_LIMIT));
    BoundedStop.of("broker", kafka, BROKER_STOP_LIMIT);
  }

  private static TopicLayout ensureTopics(String bootstrap) {
    Map<String, Object> settings = new HashMap<>(LocalClients.SETTINGS);
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    try (Admin admin = Admin.create(settings)) {
      TopicLayout layout =
          LinkwrightTopics.partitions(admin).map(LAYOUT::withPartitions).orElse(LAYOUT);
      LinkwrightTopics.ensure(admin, layout);
      return layout;
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
