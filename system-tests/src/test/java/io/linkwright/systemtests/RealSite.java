package io.linkwright.systemtests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.agent.AgentConfig;
import io.linkwright.agent.AgentListener;
import io.linkwright.agent.AgentRuntime;
import io.linkwright.agent.AgentTimings;
import io.linkwright.agent.EdgeAgent;
import io.linkwright.agent.driver.DriverSettings;
import io.linkwright.agent.driver.Drivers;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.edgeprotocol.ControllerPublicKey;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.httpapi.client.ApiCommand;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.httpapi.client.MemberKeysJson;
import java.net.URI;
import java.nio.file.Path;

/** A member whose agent makes WireGuard tunnels in a network namespace. */
record RealSite(EdgeId edge, EdgeKeys keys, Underlay.Site place) {
  private static final int PORT = 51_820;

  /** {@code site-0} and so on, each with keys of its own. */
  static RealSite of(Underlay underlay, int number) {
    return new RealSite(new EdgeId("site-" + number), EdgeKeys.generate(), underlay.site(number));
  }

  void join(LinkwrightApi api, String group) {
    ObjectNode body = Operator.object().put("edge", edge.value());
    body.put("endpoint", place.host() + ":" + PORT);
    body.putArray("allowedSubnets").add(place.lan().toString());
    body.set("keys", MemberKeysJson.of(keys.publicKeysFor(TunnelProtocol.WIREGUARD)));
    api.send(ApiCommand.post(Operator.members(group), body));
  }

  EdgeAgent start(
      URI server, ControllerPublicKey controller, Path stateDirectory, AgentRuntime runtime) {
    return EdgeAgent.start(
        new AgentConfig(
            server,
            edge,
            keys,
            controller,
            stateDirectory.resolve(edge.value()),
            AgentTimings.DEFAULT),
        Drivers.kernel(
            TunnelProtocol.WIREGUARD,
            DriverSettings.of(edge, keys)
                .withUserSpace("wireguard-go")
                .withPrefix(place.namespace().prefix())),
        AgentListener.NONE,
        runtime);
  }
}
