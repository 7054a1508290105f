package io.linkwright.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.agent.AgentListener;
import io.linkwright.agent.AgentTimings;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.httpapi.ApiPaths;
import io.linkwright.httpapi.answer.LivenessAnswer;
import io.linkwright.httpapi.answer.ReadinessAnswer;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.ApiException;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.MemberKeysJson;
import io.linkwright.simulator.SimulatedEdges;
import io.linkwright.standalone.run.AllInOne;
import io.linkwright.standalone.run.AllInOneConfig;
import io.linkwright.standalone.run.DataDirectory;
import io.linkwright.standalone.run.RunException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Broker and services in this process, and two edges of good will with a link between them: new
 * keys must reach both whatever somebody else sends.
 */
final class FuzzSite implements AutoCloseable {
  /** The group that is left alone. */
  static final String HEALTHY = "healthy";

  /** For a busy machine; what is broken stays so for ever. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final List<String> EDGES = List.of("calm-a", "calm-b");
  private static final String LINK = "calm-a~calm-b";

  private final DataDirectory data;
  private final AllInOne run;
  private final LinkwrightApi api;
  private final SimulatedEdges edges;

  private FuzzSite(DataDirectory data, AllInOne run) {
    this.data = data;
    this.run = run;
    this.api = new LinkwrightApi(run.url());
    this.edges =
        new SimulatedEdges(
            new SimulatedEdges.Surroundings(
                run.url(),
                run.controllerKey(),
                data.simulatedEdges(),
                AgentTimings.DEFAULT,
                AgentListener.NONE));
  }

  static FuzzSite start(Path directory) throws RunException {
    DataDirectory data = DataDirectory.open(directory.resolve("data"));
    FuzzSite site = new FuzzSite(data, AllInOne.start(AllInOneConfig.onFreePorts(), data));
    site.createGroup(HEALTHY);
    for (String edge : EDGES) {
      site.addMember(HEALTHY, edge, site.edges.keys(new EdgeId(edge)));
      site.edges.start(new EdgeId(edge));
    }
    site.api.send(
        ApiCommand.post(
            "/v1/groups/healthy/links",
            object().put("edgeA", EDGES.getFirst()).put("edgeB", EDGES.getLast())));
    return site;
  }

  AllInOne run() {
    return run;
  }

  LinkwrightApi api() {
    return api;
  }

  void createGroup(String group) {
    api.send(
        ApiCommand.post(
            "/v1/groups",
            object()
                .put("id", group)
                .put("topology", "partial-mesh")
                .put("tunnelProtocol", "wireguard")));
  }

  void addMember(String group, String edge, EdgeKeys keys) {
    ObjectNode body = object().put("edge", edge);
    body.set("keys", MemberKeysJson.of(keys.publicKeys()));
    api.send(ApiCommand.post("/v1/groups/" + group + "/members", body));
  }

  /** New keys for the healthy link are decided, delivered, acknowledged, and seen in the view. */
  void requireHealth(String found) throws InterruptedException {
    long revision =
        api.send(ApiCommand.post("/v1/groups/healthy/links/" + LINK + ":rekey", object()))
            .path("revision")
            .asLong();
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    for (String edge : EDGES) {
      while (acknowledged(edge) < revision) {
        assertThat(System.nanoTime())
            .as("%s has not acknowledged revision %d: %s", edge, revision, found)
            .isLessThan(giveUp);
        Thread.sleep(50);
      }
    }
    assertThat(api.probe(ApiPaths.LIVENESS, LivenessAnswer.class).value().live())
        .as("live: " + found)
        .isTrue();
    ReadinessAnswer ready = api.probe(ApiPaths.READINESS, ReadinessAnswer.class).value();
    assertThat(ready.ready()).as("%s: %s", ready, found).isTrue();
  }

  /** Not known while the view is not there: that may pass. */
  private long acknowledged(String edge) {
    try {
      return api.get("/v1/groups/healthy/members/" + edge).path("acknowledgedRevision").asLong();
    } catch (ApiException notNow) {
      return -1;
    }
  }

  static ObjectNode object() {
    return LinkwrightApi.mapper().createObjectNode();
  }

  @Override
  public void close() throws IOException {
    edges.close();
    api.close();
    run.close();
    data.close();
  }
}
