package io.linkwright.agent.device;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.agent.configuration.ConfigurationVerifier;
import io.linkwright.agent.configuration.EdgeState;
import io.linkwright.agent.configuration.HeldGroup;
import io.linkwright.agent.configuration.HeldLink;
import io.linkwright.agent.store.ConfigurationStore;
import io.linkwright.domain.delivery.PeerConfiguration;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.httpapi.client.LinkwrightApi;
import java.io.IOException;

/** What an edge holds on disk, as JSON and without secrets. It may be running meanwhile. */
public final class HeldConfiguration {
  private HeldConfiguration() {}

  /** Reads and verifies it, as the agent does when it starts. */
  public static ObjectNode read(EdgeHome home) {
    EdgeProfile profile = home.requireProfile();
    EdgeKeys keys = home.requireKeys();
    ObjectNode json =
        LinkwrightApi.mapper()
            .createObjectNode()
            .put("edge", profile.edge().value())
            .put("server", profile.server().toString())
            .put("controllerKeyId", profile.controller().keyId())
            .put("stateDirectory", home.directory().toString());
    ArrayNode joined = json.putArray("joined");
    profile.groups().forEach(group -> joined.add(group.value()));
    ArrayNode groups = json.putArray("groups");
    state(home, profile, keys)
        .groups()
        .forEach(group -> add(groups.addObject(), group, profile.edge()));
    return json;
  }

  /** The same as the agent has it. */
  static EdgeState state(EdgeHome home, EdgeProfile profile, EdgeKeys keys) {
    try {
      return ConfigurationStore.read(
          home.configuration(),
          profile.edge(),
          new ConfigurationVerifier(profile.edge(), keys, profile.controller()));
    } catch (IOException unreadable) {
      throw new EdgeFailure(
          "the edge's configuration cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private static void add(ObjectNode json, HeldGroup group, EdgeId self) {
    json.put("group", group.id().value());
    json.put("revision", group.revision());
    ArrayNode addresses = json.putArray("overlayAddresses");
    group
        .membership()
        .document()
        .overlayAddresses()
        .forEach(address -> addresses.add(address.toString()));
    ArrayNode links = json.putArray("links");
    group.links().values().forEach(link -> add(links.addObject(), link, self));
  }

  private static void add(ObjectNode json, HeldLink held, EdgeId self) {
    PeerConfiguration link = PeerConfiguration.of(held.document(), self);
    json.put("link", link.link().toString());
    json.put("peer", link.peer().value());
    json.put("protocol", link.protocol().label());
    json.put("revision", link.revision());
    json.put("keyVersion", link.keyVersion());
    ArrayNode tunnels = json.putArray("tunnels");
    for (PeerConfiguration.PeerTunnel tunnel : link.tunnels()) {
      tunnels
          .addObject()
          .put("index", tunnel.index())
          .put("interface", tunnel.interfaceName())
          .put("localAddress", tunnel.localOverlayAddress().toString())
          .put("peerAddress", tunnel.peerOverlayAddress().toString())
          .put("peerEndpoint", tunnel.peerEndpoint().map(Object::toString).orElse(null));
    }
  }
}
