package io.linkwright.edgeprotocol;

import com.fasterxml.jackson.core.JsonGenerator;
import io.linkwright.domain.GroupId;
import io.linkwright.domain.LinkId;
import io.linkwright.domain.Tunnel;
import io.linkwright.domain.TunnelState;
import io.linkwright.domain.TunnelStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Members of what an edge says. */
final class EdgeMessageJson {
  private static final String HELLO = "hello";
  private static final String ACK = "ack";
  private static final String NACK = "nack";
  private static final String STATUS = "status";

  private EdgeMessageJson() {}

  static void write(JsonGenerator json, EdgeMessage message) throws IOException {
    switch (message) {
      case EdgeMessage.Hello hello -> writeHello(json, hello);
      case EdgeMessage.Ack(String nonce, GroupId group, long revision) ->
          writeAnswer(json, ACK, nonce, group, revision);
      case EdgeMessage.Nack(String nonce, GroupId group, long revision, String error) -> {
        writeAnswer(json, NACK, nonce, group, revision);
        json.writeStringField("error", error);
      }
      case EdgeMessage.Status status -> writeStatus(json, status);
    }
  }

  private static void writeAnswer(
      JsonGenerator json, String type, String nonce, GroupId group, long revision)
      throws IOException {
    json.writeStringField("type", type);
    json.writeStringField("nonce", nonce);
    json.writeStringField("group", group.value());
    json.writeNumberField("revision", revision);
  }

  private static void writeHello(JsonGenerator json, EdgeMessage.Hello hello) throws IOException {
    json.writeStringField("type", HELLO);
    json.writeBinaryField("signature", hello.signature());
    json.writeObjectFieldStart("have");
    for (Map.Entry<GroupId, Have> group : hello.have().entrySet()) {
      json.writeObjectFieldStart(group.getKey().value());
      json.writeNumberField("revision", group.getValue().revision());
      json.writeObjectFieldStart("links");
      for (Map.Entry<LinkId, Long> link : group.getValue().links().entrySet()) {
        json.writeNumberField(link.getKey().toString(), link.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeStatus(JsonGenerator json, EdgeMessage.Status status)
      throws IOException {
    json.writeStringField("type", STATUS);
    json.writeStringField("group", status.group().value());
    json.writeArrayFieldStart("tunnels");
    for (TunnelStatus tunnel : status.tunnels()) {
      json.writeStartObject();
      json.writeStringField("link", tunnel.link().toString());
      json.writeNumberField("index", tunnel.tunnelIndex());
      json.writeStringField("state", tunnel.state().name());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static EdgeMessage read(JsonFields fields) throws ProtocolException {
    return switch (fields.text("type")) {
      case HELLO -> readHello(fields);
      case ACK ->
          new EdgeMessage.Ack(
              fields.text("nonce"), fields.value("group", GroupId::new), fields.number("revision"));
      case NACK ->
          new EdgeMessage.Nack(
              fields.text("nonce"),
              fields.value("group", GroupId::new),
              fields.number("revision"),
              fields.text("error"));
      case STATUS -> readStatus(fields);
      default -> throw fields.refusal("type", "is not a message of an edge");
    };
  }

  private static EdgeMessage readHello(JsonFields fields) throws ProtocolException {
    JsonFields have = fields.object("have");
    SortedMap<GroupId, Have> groups = new TreeMap<>();
    for (String name : have.names(ProtocolLimits.MAX_GROUPS_PER_EDGE)) {
      JsonFields group = have.object(name);
      groups.put(have.parsedName(name, GroupId::new), group.build(() -> readHave(group)));
    }
    return new EdgeMessage.Hello(fields.bytes("signature"), groups);
  }

  private static Have readHave(JsonFields fields) throws ProtocolException {
    JsonFields links = fields.object("links");
    SortedMap<LinkId, Long> revisions = new TreeMap<>();
    for (String name : links.names(ProtocolLimits.MAX_LINKS_PER_EDGE)) {
      revisions.put(links.parsedName(name, LinkId::parse), links.number(name));
    }
    return new Have(fields.number("revision"), revisions);
  }

  private static EdgeMessage readStatus(JsonFields fields) throws ProtocolException {
    List<TunnelStatus> tunnels = new ArrayList<>();
    for (JsonFields item :
        fields.objects("tunnels", Tunnel.MAX_PER_LINK * ProtocolLimits.MAX_LINKS_PER_EDGE)) {
      tunnels.add(
          new TunnelStatus(
              item.value("link", LinkId::parse),
              item.smallNumber("index"),
              item.value("state", TunnelState::valueOf)));
    }
    return new EdgeMessage.Status(fields.value("group", GroupId::new), tunnels);
  }
}
