package io.linkwright.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.agent.AgentConfig;
import io.linkwright.agent.AgentListener;
import io.linkwright.agent.AgentRuntime;
import io.linkwright.agent.AgentTimings;
import io.linkwright.agent.EdgeAgent;
import io.linkwright.agent.driver.DriverSettings;
import io.linkwright.agent.driver.Drivers;
import io.linkwright.agent.store.InstalledKeys;
import io.linkwright.agent.tunnel.TunnelDriver;
import io.linkwright.command.api.CommandIds;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A device boots: real process, real broker, real agents with the driver for the kernel, whose
 * commands are written down.
 */
@Tag("broker")
final class BootEpochTest {
  private static final String GROUP = "booting";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern COUNTER_MODE_KEY =
      Pattern.compile("aead rfc4106\\(gcm\\(aes\\)\\) 0x([0-9a-f]{72}) 128");
  private static final List<String> EDGES = List.of("denver", "omaha");

  @TempDir private Path directory;
  private final AgentRuntime runtime = AgentRuntime.start();
  private final Map<String, EdgeKeys> keys = new HashMap<>();
  private final Map<String, ScriptCommands> kernels = new HashMap<>();
  private final List<EdgeAgent> agents = new ArrayList<>();

  @AfterEach
  void stop() {
    agents.forEach(EdgeAgent::close);
    runtime.close();
  }

  @Test
  void theEdgeGetsNewKeysByItselfAndInstallsNoneTwice() throws IOException {
    LinkwrightProcess.Site site = LinkwrightProcess.Site.in(directory.resolve("server"));
    try (LinkwrightApi api = new LinkwrightApi(site.server());
        KeyRecorder recorder = new KeyRecorder(site.server())) {
      LinkwrightProcess process = LinkwrightProcess.up(site);
      configure(api);
      EdgeAgent denver = start(site, site.server(), "denver", "first");
      start(site, site.server(), "omaha", "first");
      Eventually.holds(LIMIT, () -> isAcknowledged(api), () -> members(api).toString());
      denver.close();
      kernels.get("denver").endStage("before");

      start(site, recorder.url(), "denver", "second");

      Eventually.holds(LIMIT, () -> !asked(api).isEmpty(), () -> events(api).toString());
      JsonNode event = asked(api).getFirst();
      assertThat(event.at("/link/id").asText()).isEqualTo("denver~omaha");
      assertThat(event.at("/link/keyVersion").asInt()).isEqualTo(2);
      String key = recorder.keys().getFirst();
      assertThat(key).startsWith("denver:boot:");
      assertThat(event.path("commandId").asText())
          .isEqualTo(new CommandIds(site.controllerKey()).ofClientKey(new GroupId(GROUP), key));
      Eventually.holds(LIMIT, () -> isAcknowledged(api), () -> members(api).toString());
      agents.getLast().close();
      kernels.get("denver").endStage("after");
      assertThat(asked(api)).hasSize(1);
      Set<String> before = installed("before");
      Set<String> after = installed("after");
      assertThat(before).hasSize(4);
      assertThat(after).isNotEmpty().doesNotContainAnyElementsOf(before);
      process.close();
    }
  }

  private void configure(LinkwrightApi api) {
    Operator operator = new Operator(api);
    operator.createPartialMesh(GROUP, TunnelProtocol.IPSEC);
    api.send(
        ApiCommand.patch(
            "/v1/groups/" + GROUP, Operator.object().put("saAlgorithm", "aes-gcm-256-esn")));
    int host = 1;
    for (String edge : EDGES) {
      keys.put(edge, EdgeKeys.generate());
      kernels.put(edge, new ScriptCommands(directory, edge));
      operator.addMember(GROUP, edge, keys.get(edge).publicKeysFor(TunnelProtocol.IPSEC));
      api.send(
          ApiCommand.patch(
              Operator.members(GROUP) + "/" + edge,
              Operator.object().put("endpoint", "192.0.2.%d:4500".formatted(host++))));
    }
    operator.addLink(GROUP, "denver", "omaha");
  }

  private EdgeAgent start(LinkwrightProcess.Site site, URI server, String edge, String boot)
      throws IOException {
    Path state = directory.resolve(edge);
    TunnelDriver driver =
        Drivers.on(
            kernels.get(edge),
            TunnelProtocol.IPSEC,
            DriverSettings.of(new EdgeId(edge), keys.get(edge))
                .withInstalledKeys(InstalledKeys.open(state, boot)),
            Optional.empty());
    AgentConfig config =
        new AgentConfig(
            server,
            new EdgeId(edge),
            keys.get(edge),
            site.controllerKey().publicKey(),
            state,
            AgentTimings.DEFAULT);
    EdgeAgent agent = EdgeAgent.start(config, driver, AgentListener.NONE, runtime);
    agents.add(agent);
    return agent;
  }

  private Set<String> installed(String stage) throws IOException {
    String script = Files.readString(directory.resolve("denver-" + stage + ".sh"));
    return COUNTER_MODE_KEY
        .matcher(script)
        .results()
        .map((MatchResult result) -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isAcknowledged(LinkwrightApi api) {
    for (JsonNode member : members(api)) {
      if (member.get("acknowledgedRevision").asLong() < member.get("desiredRevision").asLong()) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode members(LinkwrightApi api) {
    return api.get(Operator.members(GROUP)).path("members");
  }

  private static JsonNode events(LinkwrightApi api) {
    return api.get("/v1/groups/" + GROUP + "/events?limit=100").path("events");
  }

  /** What the edge has brought about. */
  private static List<JsonNode> asked(LinkwrightApi api) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode event : events(api)) {
      if (event.path("actor").asText().equals("edge:denver")) {
        found.add(event);
      }
    }
    return found;
  }
}
