package io.linkwright.edgeprotocol;

import com.fasterxml.jackson.core.JsonGenerator;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.link.KeyChange;
import io.linkwright.domain.link.LinkProblem;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.link.TunnelStatus;
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
  private static final String SENDING = "sending";
  private static final String KEY_CHANGES = "keyChanges";
  private static final String PROBLEMS = "problems";
  private static final String ERROR = "error";

  private EdgeMessageJson() {}

  static void write(JsonGenerator json, EdgeMessage message) throws IOException {
    switch (message) {
      case EdgeMessage.Hello hello -> writeHello(json, hello);
      case EdgeMessage.Ack(String nonce, GroupId group, long revision, var sending) -> {
        writeAnswer(json, ACK, nonce, group, revision);
        LinkRevisions.writeUnlessEmpty(json, SENDING, sending);
      }
      case EdgeMessage.Nack(String nonce, GroupId group, long revision, String error) -> {
        writeAnswer(json, NACK, nonce, group, revision);
        json.writeStringField(ERROR, error);
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
      LinkRevisions.write(json, "links", group.getValue().links());
      LinkRevisions.writeUnlessEmpty(json, SENDING, group.getValue().sending());
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
    if (!status.keyChanges().isEmpty()) {
      writeKeyChanges(json, status.keyChanges());
    }
    if (!status.problems().isEmpty()) {
      writeProblems(json, status.problems());
    }
  }

  private static void writeProblems(JsonGenerator json, List<LinkProblem> problems)
      throws IOException {
    json.writeArrayFieldStart(PROBLEMS);
    for (LinkProblem problem : problems) {
      json.writeStartObject();
      json.writeStringField("link", problem.link().toString());
      json.writeStringField(ERROR, problem.text());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeKeyChanges(JsonGenerator json, List<KeyChange> changes)
      throws IOException {
    json.writeArrayFieldStart(KEY_CHANGES);
    for (KeyChange change : changes) {
      json.writeStartObject();
      json.writeStringField("link", change.link().toString());
      json.writeNumberField("newest", change.newest());
      json.writeNumberField(SENDING, change.sending());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static EdgeMessage read(JsonFields fields) throws ProtocolException {
    return switch (fields.text("type")) {
      case HELLO -> readHello(fields);
      case ACK ->
          new EdgeMessage.Ack(
              fields.text("nonce"),
              fields.value("group", GroupId::new),
              fields.revision("revision"),
              LinkRevisions.readIfPresent(fields, SENDING, ProtocolLimits.MAX_LINKS_PER_CONFIG));
      case NACK ->
          new EdgeMessage.Nack(
              fields.text("nonce"),
              fields.value("group", GroupId::new),
              fields.revision("revision"),
              fields.text(ERROR));
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
    return new Have(
        fields.revision("revision"),
        LinkRevisions.read(fields, "links", ProtocolLimits.MAX_LINKS_PER_EDGE),
        LinkRevisions.readIfPresent(fields, SENDING, ProtocolLimits.MAX_LINKS_PER_EDGE));
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
    return new EdgeMessage.Status(
        fields.value("group", GroupId::new),
        tunnels,
        fields.has(KEY_CHANGES) ? readKeyChanges(fields) : List.of(),
        fields.has(PROBLEMS) ? readProblems(fields) : List.of());
  }

  private static List<LinkProblem> readProblems(JsonFields fields) throws ProtocolException {
    List<LinkProblem> problems = new ArrayList<>();
    for (JsonFields item : fields.objects(PROBLEMS, ProtocolLimits.MAX_PROBLEMS_PER_STATUS)) {
      problems.add(new LinkProblem(item.value("link", LinkId::parse), item.text(ERROR)));
    }
    return problems;
  }

  private static List<KeyChange> readKeyChanges(JsonFields fields) throws ProtocolException {
    List<KeyChange> changes = new ArrayList<>();
    for (JsonFields item : fields.objects(KEY_CHANGES, ProtocolLimits.MAX_LINKS_PER_EDGE)) {
      changes.add(
          new KeyChange(
              item.value("link", LinkId::parse), item.revision("newest"), item.revision(SENDING)));
    }
    return changes;
  }
}
