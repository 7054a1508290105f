package io.linkwright.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.config.JavalinConfig;
import io.linkwright.command.CommandService;
import io.linkwright.command.CommandServiceConfig;
import io.linkwright.command.writer.WriterLimits;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.EdgeConnection;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.edgeprotocol.KeyRenewal;
import io.linkwright.edgeprotocol.RenewalReason;
import io.linkwright.embedded.EmbeddedKafka;
import io.linkwright.embedded.EmbeddedKafkaConfig;
import io.linkwright.http.HttpModule;
import io.linkwright.http.HttpServer;
import io.linkwright.http.HttpServerConfig;
import io.linkwright.http.Liveness;
import io.linkwright.http.Readiness;
import io.linkwright.http.Route;
import io.linkwright.pusher.PusherConfig;
import io.linkwright.pusher.PusherService;
import io.linkwright.pusher.delivery.DeliveryLimits;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.Partitioning;
import io.linkwright.schemas.TopicLayout;
import io.linkwright.schemas.WireFormat;
import io.linkwright.topology.TopologyConfig;
import io.linkwright.topology.TopologyService;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The documented answers to faults, each from a service that has the fault: a view that was
 * stopped, a pusher whose cluster does not answer, and writers whose broker goes away in
 * mid-command.
 */
@Tag("broker")
class OpenApiFaultTest {
  /** A few more than there are commands: each command needs a writer that waits for none. */
  private static final TopicLayout LAYOUT = new TopicLayout(20, (short) 1, 1);

  private static final Duration REQUEST_TIMEOUT = Duration.ofMillis(400);
  private static final Duration READY_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration READY_POLL = Duration.ofMillis(20);
  private static final int NOT_READY = 503;
  private static final int OUTCOME_UNKNOWN = 504;

  /** What a command needs in its body; the rest needs nothing. */
  private static final Map<String, String> BODIES =
      Map.of(
          "POST /v1/groups",
              "{\"id\": \"GROUP\", \"topology\": \"mesh\", \"tunnelProtocol\": \"ipsec\"}",
          "POST /v1/groups/{group}:change",
              "{\"steps\": [{\"type\": \"changeGroup\", \"name\": \"N\"}]}",
          "POST /v1/groups/{group}/members", "{\"edge\": \"a\"}",
          "POST /v1/groups/{group}/members/{edge}:enroll",
              OpenApiContractTest.enrolling("lwe_" + "A".repeat(54)),
          "POST /v1/groups/{group}/links", "{\"edgeA\": \"a\", \"edgeB\": \"b\"}",
          "POST /v1/groups/{group}/links:batch",
              "{\"add\": [{\"edgeA\": \"a\", \"edgeB\": \"b\"}]}",
          "PATCH /v1/groups/{group}", "{\"name\": \"N\"}",
          "PATCH /v1/groups/{group}/members/{edge}", "{\"name\": \"N\"}");

  @TempDir private Path directory;

  @Test
  void everyDocumentedFaultIsAnsweredAsDocumented() throws Exception {
    OpenApiDocument document = document();
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    int port = FreePort.require(0, "--port");
    try (EmbeddedKafka kafka =
            EmbeddedKafka.start(new EmbeddedKafkaConfig(directory.resolve("kafka"), 0));
        CommandService commands = commands(kafka, port, metrics);
        TopologyService topology = topology(kafka, metrics);
        PusherService pusher = pusherOfNoCluster(metrics);
        HttpServer http =
            HttpServer.start(
                new HttpServerConfig("127.0.0.1", port),
                metrics,
                List.of(commands, topology, pusher, new EndedModule()));
        ContractClient client =
            new ContractClient(URI.create("http://127.0.0.1:" + http.port()), document)) {
      awaitReady(commands);
      stop(topology);

      client.get(NOT_READY, "/readyz");
      client.get(NOT_READY, "/livez");
      client.connect("/v1/edges/a/connect", EdgeConnection.SUBPROTOCOL);
      for (Route query : queriesOf(document)) {
        client.get(NOT_READY, path(query, "g"));
      }
      stop(kafka);
      Map<Route, String> groups = groupsOfDifferentPartitions(commandsOf(document));
      // First the one the writer has in hand, as soon as it is done with a look at the log.
      for (Route command : commandsOf(document)) {
        String group = groups.get(command);
        client.sendUntil(
            OUTCOME_UNKNOWN,
            NOT_READY,
            command.method(),
            path(command, group),
            body(command, group));
      }
      // Then one that waits behind it.
      for (Route command : commandsOf(document)) {
        String group = groups.get(command);
        client.send(NOT_READY, command.method(), path(command, group), body(command, group));
      }

      assertThat(client.exercised()).isEqualTo(faults(document));
    }
  }

  /** Has nothing to do with the others, and does not come back. */
  private record EndedModule() implements HttpModule {
    @Override
    public String name() {
      return "ended";
    }

    @Override
    public void routes(JavalinConfig config) {}

    @Override
    public Liveness liveness() {
      return Liveness.dead("its thread has ended");
    }
  }

  private static String body(Route command, String group) {
    return command.path().endsWith(":renew")
        ? renewal(group)
        : BODIES
            .getOrDefault(command.method() + " " + command.path(), "{}")
            .replace("GROUP", group);
  }

  /** Signed for its group and edge, or it would be refused before a writer has it. */
  private static String renewal(String group) {
    EdgeKeys keys = EdgeKeys.generate();
    KeyRenewal renewal =
        new KeyRenewal(
            new GroupId(group),
            new EdgeId("a"),
            RenewalReason.BOOT,
            new TreeMap<>(Map.of(LinkId.parse("a~b"), 1)));
    return new String(
        renewal.body(keys.publicKeys().identity(), keys.sign(renewal)), StandardCharsets.UTF_8);
  }

  private static CommandService commands(
      EmbeddedKafka kafka, int port, PrometheusMeterRegistry metrics) {
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      LinkwrightTopics.ensure(admin, LAYOUT);
    }
    return CommandService.start(
        new CommandServiceConfig(
            kafka.bootstrapServers(),
            "faulty",
            URI.create("http://127.0.0.1:" + port),
            CommandServiceConfig.MIN_SESSION_TIMEOUT,
            REQUEST_TIMEOUT,
            WriterLimits.DEFAULT,
            Map.of()),
        WireFormat.bundled(),
        ControllerKey.generate(),
        metrics);
  }

  private TopologyService topology(EmbeddedKafka kafka, PrometheusMeterRegistry metrics) {
    return TopologyService.start(
        TopologyConfig.single(kafka.bootstrapServers(), directory.resolve("view")),
        WireFormat.bundled(),
        metrics);
  }

  private PusherService pusherOfNoCluster(PrometheusMeterRegistry metrics) throws RunException {
    int nobody = FreePort.require(0, "--kafka-port");
    return PusherService.start(
        new PusherConfig(
            "127.0.0.1:" + nobody,
            directory.resolve("pusher"),
            1,
            DeliveryLimits.DEFAULT,
            // Otherwise it would try for a minute while it is to stop.
            Map.of("default.api.timeout.ms", "1000", "request.timeout.ms", "500")),
        WireFormat.bundled(),
        metrics);
  }

  /** Sooner than the test ends. */
  private static void stop(AutoCloseable part) throws Exception {
    part.close();
  }

  private static void awaitReady(CommandService commands) throws InterruptedException {
    long deadline = System.nanoTime() + READY_TIMEOUT.toNanos();
    while (commands.readiness() instanceof Readiness.NotReady waiting) {
      assertThat(System.nanoTime()).as(waiting.toString()).isLessThan(deadline);
      Thread.sleep(READY_POLL);
    }
  }

  /** Writers of different partitions do not wait for each other. */
  private static Map<Route, String> groupsOfDifferentPartitions(List<Route> commands) {
    Set<Integer> taken = new HashSet<>();
    Map<Route, String> groups = new HashMap<>();
    int number = 0;
    for (Route command : commands) {
      String group;
      do {
        group = "g" + number++;
      } while (!taken.add(Partitioning.ofGroup(new GroupId(group), LAYOUT.partitions())));
      groups.put(command, group);
    }
    return groups;
  }

  private static List<Route> commandsOf(OpenApiDocument document) {
    return document.operations().stream()
        .filter(route -> document.statuses(route).contains(OUTCOME_UNKNOWN))
        .toList();
  }

  private static List<Route> queriesOf(OpenApiDocument document) {
    return document.operations().stream()
        .filter(route -> route.method().equals("GET") && route.path().startsWith("/v1/groups"))
        .toList();
  }

  private static Map<Route, Set<Integer>> faults(OpenApiDocument document) {
    Map<Route, Set<Integer>> faults = new HashMap<>();
    for (Route operation : document.operations()) {
      Set<Integer> statuses = new HashSet<>(document.statuses(operation));
      statuses.removeIf(status -> status < 500);
      if (!statuses.isEmpty()) {
        faults.put(operation, statuses);
      }
    }
    return faults;
  }

  private static String path(Route operation, String group) {
    return operation
        .path()
        .replace("{group}", group)
        .replace("{edge}", "a")
        .replace("{link}", "a~b");
  }

  private static OpenApiDocument document() throws IOException {
    try (InputStream document =
        OpenApiFaultTest.class.getResourceAsStream("/io/linkwright/standalone/docs/openapi.json")) {
      return new OpenApiDocument(
          OpenApiDocument.json(new String(document.readAllBytes(), StandardCharsets.UTF_8)));
    }
  }
}
