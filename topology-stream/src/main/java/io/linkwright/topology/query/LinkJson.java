package io.linkwright.topology.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.SaLimits;
import io.linkwright.domain.key.SaPolicy;
import io.linkwright.domain.key.SecurityAssociation;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.LinkEnd;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelEnd;
import io.linkwright.domain.link.TunnelKeys.AwaitingEnrollment;
import io.linkwright.domain.link.TunnelKeys.PresharedKey;
import io.linkwright.domain.link.TunnelKeys.SecurityAssociations;

/**
 * A link as an event has it: all that is public about it. A tunnel without keys waits for an edge.
 */
final class LinkJson {
  private LinkJson() {}

  static void add(ObjectNode json, LinkId link) {
    json.put("id", link.toString());
    json.put("edgeA", link.edgeA().value());
    json.put("edgeB", link.edgeB().value());
  }

  static void add(ObjectNode json, LinkConfiguration link) {
    add(json, link.id());
    json.put("protocol", link.protocol().label());
    json.put("keyVersion", link.keyVersion());
    addLimits(json, link.limits());
    addEnd(json.putObject("endA"), link.endA());
    addEnd(json.putObject("endB"), link.endB());
    ArrayNode tunnels = json.putArray("tunnels");
    link.tunnels().forEach(tunnel -> addTunnel(tunnels.addObject(), tunnel));
  }

  /** What only IPsec has is null with WireGuard. */
  static void addAssociations(ObjectNode json, GroupSettings settings) {
    SaPolicy policy = settings.associations();
    json.put(
        "saAlgorithm",
        switch (settings.tunnelProtocol()) {
          case IPSEC -> policy.algorithm().label();
          case WIREGUARD -> null;
        });
    addLimits(json, policy.limits());
  }

  private static void addLimits(ObjectNode json, SaLimits limits) {
    json.put("rekeyAfterBytes", limits.bytes().orElse(null));
    json.put("rekeyAfterPackets", limits.packets().orElse(null));
  }

  private static void addEnd(ObjectNode json, LinkEnd end) {
    json.put("edge", end.edge().value());
    json.put("endpoint", end.endpoint().map(Endpoint::toString).orElse(null));
    ArrayNode subnets = json.putArray("allowedSubnets");
    end.allowedSubnets().forEach(subnet -> subnets.add(subnet.toString()));
  }

  private static void addTunnel(ObjectNode json, Tunnel tunnel) {
    json.put("index", tunnel.index());
    json.put("interface", tunnel.interfaceName());
    addTunnelEnd(json.putObject("endA"), tunnel.endA());
    addTunnelEnd(json.putObject("endB"), tunnel.endB());
    switch (tunnel.keys()) {
      case AwaitingEnrollment _ -> json.putNull("keys");
      case PresharedKey(String fingerprint) ->
          json.putObject("keys").put("presharedKeyFingerprint", fingerprint);
      case SecurityAssociations(SecurityAssociation aToB, SecurityAssociation bToA) -> {
        ObjectNode keys = json.putObject("keys");
        addAssociation(keys.putObject("aToB"), aToB);
        addAssociation(keys.putObject("bToA"), bToA);
      }
    }
  }

  private static void addTunnelEnd(ObjectNode json, TunnelEnd end) {
    json.put("overlayAddress", end.overlayAddress().toString());
    json.put("wireGuardKey", end.wireGuardKey().map(PublicKey::base64).orElse(null));
  }

  private static void addAssociation(ObjectNode json, SecurityAssociation association) {
    json.put("spi", association.spi());
    json.put("algorithm", association.algorithm().label());
    json.put("fingerprint", association.fingerprint());
  }
}
