package io.linkwright.edgeprotocol;

import com.fasterxml.jackson.core.JsonGenerator;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.delivery.LinkDocument;
import io.linkwright.domain.group.Limits;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SaLimits;
import io.linkwright.domain.key.SecurityAssociation;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.LinkEnd;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelEnd;
import io.linkwright.domain.link.TunnelKeys;
import io.linkwright.domain.link.TunnelProtocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A link document's members. */
final class LinkDocumentJson {
  private static final String AFTER_BYTES = "rekeyAfterBytes";
  private static final String AFTER_PACKETS = "rekeyAfterPackets";

  private LinkDocumentJson() {}

  static void write(JsonGenerator json, LinkDocument document) throws IOException {
    LinkConfiguration link = document.link();
    json.writeStringField("type", Documents.LINK);
    json.writeNumberField("version", Documents.VERSION);
    json.writeStringField("group", document.group().value());
    json.writeNumberField("revision", document.revision());
    json.writeStringField("link", link.id().toString());
    json.writeStringField("protocol", link.protocol().label());
    json.writeNumberField("keyVersion", link.keyVersion());
    writeEnd(json, "endA", link.endA());
    writeEnd(json, "endB", link.endB());
    json.writeArrayFieldStart("tunnels");
    for (Tunnel tunnel : link.tunnels()) {
      writeTunnel(json, tunnel);
    }
    json.writeEndArray();
    writeLimit(json, AFTER_BYTES, link.limits().bytes());
    writeLimit(json, AFTER_PACKETS, link.limits().packets());
    json.writeStringField("secretsDigestA", document.secretsDigestA());
    json.writeStringField("secretsDigestB", document.secretsDigestB());
  }

  private static void writeLimit(JsonGenerator json, String name, Optional<Long> limit)
      throws IOException {
    if (limit.isPresent()) {
      json.writeNumberField(name, limit.get());
    }
  }

  private static void writeEnd(JsonGenerator json, String name, LinkEnd end) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("edge", end.edge().value());
    if (end.endpoint().isPresent()) {
      json.writeStringField("endpoint", end.endpoint().get().toString());
    }
    json.writeArrayFieldStart("allowedSubnets");
    for (Cidr subnet : end.allowedSubnets()) {
      json.writeString(subnet.toString());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeTunnel(JsonGenerator json, Tunnel tunnel) throws IOException {
    json.writeStartObject();
    json.writeNumberField("index", tunnel.index());
    json.writeStringField("interface", tunnel.interfaceName());
    writeTunnelEnd(json, "endA", tunnel.endA());
    writeTunnelEnd(json, "endB", tunnel.endB());
    switch (tunnel.keys()) {
      case TunnelKeys.AwaitingEnrollment() ->
          throw new IllegalArgumentException(
              "tunnel %d awaits enrollment and is in no document".formatted(tunnel.index()));
      case TunnelKeys.PresharedKey(String fingerprint) -> {
        json.writeObjectFieldStart("presharedKey");
        json.writeStringField("fingerprint", fingerprint);
        json.writeEndObject();
      }
      case TunnelKeys.SecurityAssociations(var aToB, var bToA) -> {
        json.writeObjectFieldStart("securityAssociations");
        writeAssociation(json, "aToB", aToB);
        writeAssociation(json, "bToA", bToA);
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }

  private static void writeTunnelEnd(JsonGenerator json, String name, TunnelEnd end)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("overlayAddress", end.overlayAddress().toString());
    if (end.wireGuardKey().isPresent()) {
      json.writeStringField("wireGuardKey", end.wireGuardKey().get().base64());
    }
    json.writeEndObject();
  }

  private static void writeAssociation(JsonGenerator json, String name, SecurityAssociation sa)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("spi", sa.spi());
    json.writeStringField("algorithm", sa.algorithm().label());
    json.writeStringField("fingerprint", sa.fingerprint());
    json.writeEndObject();
  }

  static LinkDocument read(JsonFields fields) throws ProtocolException {
    LinkDocument document =
        fields.build(
            () ->
                new LinkDocument(
                    fields.value("group", GroupId::new),
                    fields.revision("revision"),
                    readLink(fields),
                    fields.text("secretsDigestA"),
                    fields.text("secretsDigestB")));
    fields.requireNothingElse();
    return document;
  }

  private static LinkConfiguration readLink(JsonFields fields) throws ProtocolException {
    TunnelProtocol protocol = fields.value("protocol", TunnelProtocol::parse);
    return new LinkConfiguration(
        fields.value("link", LinkId::parse),
        protocol,
        fields.smallNumber("keyVersion"),
        readEnd(fields.object("endA")),
        readEnd(fields.object("endB")),
        readTunnels(fields, protocol),
        new SaLimits(fields.optionalNumber(AFTER_BYTES), fields.optionalNumber(AFTER_PACKETS)));
  }

  private static LinkEnd readEnd(JsonFields fields) throws ProtocolException {
    LinkEnd end =
        new LinkEnd(
            fields.value("edge", EdgeId::new),
            fields.optionalValue("endpoint", Endpoint::parse),
            fields.values("allowedSubnets", Limits.MAX_ALLOWED_SUBNETS, Cidr::parse));
    fields.requireNothingElse();
    return end;
  }

  private static List<Tunnel> readTunnels(JsonFields fields, TunnelProtocol protocol)
      throws ProtocolException {
    List<Tunnel> tunnels = new ArrayList<>();
    for (JsonFields item : fields.objects("tunnels", Tunnel.MAX_PER_LINK)) {
      Tunnel tunnel = item.build(() -> readTunnel(item, protocol));
      if (tunnel.index() != tunnels.size()) {
        throw item.refusal("index", "is not the tunnel's place in the list");
      }
      tunnels.add(tunnel);
    }
    return tunnels;
  }

  private static Tunnel readTunnel(JsonFields fields, TunnelProtocol protocol)
      throws ProtocolException {
    Tunnel tunnel =
        new Tunnel(
            fields.smallNumber("index"),
            readTunnelEnd(fields.object("endA"), protocol),
            readTunnelEnd(fields.object("endB"), protocol),
            switch (protocol) {
              case WIREGUARD -> readPresharedKey(fields.object("presharedKey"));
              case IPSEC -> readAssociations(fields.object("securityAssociations"));
            });
    if (!fields.text("interface").equals(tunnel.interfaceName())) {
      throw fields.refusal("interface", "is not " + tunnel.interfaceName());
    }
    fields.requireNothingElse();
    return tunnel;
  }

  private static TunnelEnd readTunnelEnd(JsonFields fields, TunnelProtocol protocol)
      throws ProtocolException {
    TunnelEnd end =
        new TunnelEnd(
            fields.value("overlayAddress", IpAddress::parse),
            fields.optionalValue("wireGuardKey", PublicKey::new));
    if (end.wireGuardKey().isPresent() != (protocol == TunnelProtocol.WIREGUARD)) {
      throw fields.refusal("wireGuardKey", "does not go with " + protocol.label());
    }
    fields.requireNothingElse();
    return end;
  }

  private static TunnelKeys readPresharedKey(JsonFields fields) throws ProtocolException {
    TunnelKeys keys = new TunnelKeys.PresharedKey(fields.text("fingerprint"));
    fields.requireNothingElse();
    return keys;
  }

  private static TunnelKeys readAssociations(JsonFields fields) throws ProtocolException {
    TunnelKeys keys =
        new TunnelKeys.SecurityAssociations(
            readAssociation(fields.object("aToB")), readAssociation(fields.object("bToA")));
    fields.requireNothingElse();
    return keys;
  }

  private static SecurityAssociation readAssociation(JsonFields fields) throws ProtocolException {
    SecurityAssociation association =
        fields.build(
            () ->
                new SecurityAssociation(
                    fields.number("spi"),
                    fields.value("algorithm", SaAlgorithm::parse),
                    fields.text("fingerprint")));
    fields.requireNothingElse();
    return association;
  }
}
