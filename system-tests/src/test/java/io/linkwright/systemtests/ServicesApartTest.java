package io.linkwright.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.embedded.EmbeddedKafka;
import io.linkwright.embedded.EmbeddedKafkaConfig;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker, and each service in a process of its own: nothing but Kafka is between them. */
@Tag("broker")
final class ServicesApartTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String GROUP = "apart";
  private static final EdgeId ALPHA = new EdgeId("alpha");
  private static final EdgeId BETA = new EdgeId("beta");

  @TempDir private Path directory;

  @Test
  void aLinkReachesBothEdgesAndTheViewOfEveryInstance() {
    Path controllerKey = directory.resolve("controller-key.pem");
    ControllerKey.loadOrCreate(controllerKey);
    try (EmbeddedKafka kafka =
            EmbeddedKafka.start(new EmbeddedKafkaConfig(directory.resolve("kafka"), 0));
        ServiceProcess commands =
            ServiceProcess.start(
                kafka.bootstrapServers(),
                "command-service",
                "--create-topics",
                "--replication=1",
                "--min-insync-replicas=1",
                "--instance-id=commands-1",
                "--controller-key=" + controllerKey);
        ServiceProcess views = startView(kafka, "views-1");
        ServiceProcess otherViews = startView(kafka, "views-2");
        ServiceProcess pusher =
            ServiceProcess.start(
                kafka.bootstrapServers(),
                "config-pusher",
                "--state-dir=" + directory.resolve("pusher"));
        EdgeSite edges = new EdgeSite(List.of(ALPHA, BETA));
        LinkwrightApi api = new LinkwrightApi(commands.url())) {
      Operator operator = new Operator(api);
      operator.createPartialMesh(GROUP, TunnelProtocol.IPSEC);
      for (EdgeId edge : List.of(ALPHA, BETA)) {
        operator.addMember(
            GROUP, edge.value(), edges.keysOf(edge).publicKeysFor(TunnelProtocol.IPSEC));
      }
      edges.connect(
          pusher.url(),
          ControllerKey.loadOrCreate(controllerKey).publicKey(),
          directory.resolve("edges"));

      operator.addLink(GROUP, "alpha", "beta");

      LinkId link = LinkId.parse("alpha~beta");
      Eventually.holds(
          LIMIT,
          () -> Stream.of(ALPHA, BETA).allMatch(edge -> edges.linksOf(edge).equals(Set.of(link))),
          () -> "no configuration at an edge:\n" + pusher.output());
      for (ServiceProcess instance : List.of(views, otherViews)) {
        Eventually.holds(
            LIMIT,
            () -> tunnels(instance).equals(List.of("UP", "UP")),
            () -> "tunnels are not up:\n" + instance.output());
      }
      assertConsoleShows(commands.url(), otherViews.url());
    }
  }

  private ServiceProcess startView(EmbeddedKafka kafka, String instance) {
    return ServiceProcess.start(
        kafka.bootstrapServers(),
        "topology-stream",
        "--instance-id=" + instance,
        "--state-dir=" + directory.resolve(instance));
  }

  private static List<String> tunnels(ServiceProcess views) {
    try (LinkwrightApi api = new LinkwrightApi(views.url())) {
      JsonNode links = api.get(Operator.links(GROUP));
      return links.findValues("tunnels").stream()
          .flatMap(JsonNode::valueStream)
          .map(tunnel -> tunnel.path("status").asText())
          .toList();
    }
  }

  private static void assertConsoleShows(URI commands, URI queries) {
    int port = LinkwrightProcess.freePort();
    URI page = URI.create("http://127.0.0.1:%d/console/groups/%s".formatted(port, GROUP));
    try (LinkwrightProcess console = ConsoleProcessTest.consoleOf(commands, queries, port);
        HttpClient http = HttpClient.newHttpClient()) {
      Eventually.holds(
          LIMIT, () -> ConsoleProcessTest.status(http, page) == 200, () -> console.output());
    }
  }
}
