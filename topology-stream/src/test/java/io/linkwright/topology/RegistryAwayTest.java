package io.linkwright.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.embedded.LoopbackPort;
import io.linkwright.http.Liveness;
import io.linkwright.http.Readiness;
import io.linkwright.http.Readiness.NotReady;
import io.linkwright.schemas.BundledSchemaRegistry;
import io.linkwright.schemas.HttpSchemaRegistry;
import io.linkwright.schemas.RegistryEndpoint;
import io.linkwright.schemas.WireFormat;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry is away when an instance starts, and comes back. */
@Tag("broker")
final class RegistryAwayTest {
  @TempDir private Path directory;

  @Test
  void theViewSaysWhichRegistryItWaitsForAndGoesOnByItself() throws Exception {
    try (Cluster cluster = Cluster.start(directory.resolve("kafka"))) {
      int port = LoopbackPort.free(0);
      URI url = URI.create("http://127.0.0.1:" + port);
      cluster.send(
          new GroupHistory("waiting")
              .create(Topology.PARTIAL_MESH, TunnelProtocol.WIREGUARD)
              .members("a", "b")
              .events());
      WireFormat wire = WireFormat.of(new HttpSchemaRegistry(List.of(url), directory));
      try (TopologyService service =
          TopologyService.start(
              cluster.config(directory.resolve("view")), wire, new SimpleMeterRegistry())) {
        Cluster.await(
            () ->
                service.readiness() instanceof NotReady(String reason)
                    && reason.contains(url.toString()));
        assertThat(service.liveness()).isEqualTo(Liveness.alive());

        HttpServer registry = serve(port);
        try {
          Cluster.await(() -> service.readiness() instanceof Readiness.Ready);
          Cluster.await(() -> cluster.published("waiting").size() == 2);
        } finally {
          registry.stop(0);
        }
      }
    }
  }

  private static HttpServer serve(int port) throws IOException {
    RegistryEndpoint endpoint = new RegistryEndpoint(BundledSchemaRegistry.instance());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          RegistryEndpoint.Answer answer =
              endpoint.answer(
                  exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), body);
          byte[] json = answer.json().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), json.length);
          exchange.getResponseBody().write(json);
          exchange.close();
        });
    server.start();
    return server;
  }
}
