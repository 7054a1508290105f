package io.linkwright.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.EdgeKeys;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AgentConfigTest {

  @Test
  void theAddressOfTheWebSocketFollowsFromTheServers() {
    Map<String, String> endpoints =
        Map.of(
            "ws://host:8080", "ws://host:8080/v1/edges/denver/connect",
            "http://host:8080/", "ws://host:8080/v1/edges/denver/connect",
            "https://host/linkwright", "wss://host/linkwright/v1/edges/denver/connect",
            "wss://[::1]:1", "wss://[::1]:1/v1/edges/denver/connect");

    endpoints.forEach(
        (server, endpoint) -> assertThat(config(server).endpoint()).hasToString(endpoint));
  }

  @Test
  void anotherAddressIsRefusedByName() {
    for (String server : List.of("host:8080", "ftp://host", "ws:/path", "ws://host?x=1", "")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> config(server))
          .withMessageContaining("server=" + server);
    }
  }

  private static AgentConfig config(String server) {
    return new AgentConfig(
        URI.create(server),
        new EdgeId("denver"),
        EdgeKeys.generate(),
        ControllerKey.generate().publicKey(),
        Path.of("state"),
        AgentTimings.DEFAULT);
  }
}
