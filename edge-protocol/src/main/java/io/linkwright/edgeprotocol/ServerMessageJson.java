package io.linkwright.edgeprotocol;

import com.fasterxml.jackson.core.JsonGenerator;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.key.SignedDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Members of what a server says. */
final class ServerMessageJson {
  private static final String CHALLENGE = "challenge";
  private static final String CONFIG = "config";
  private static final String CHANGE_OVER = "change-over";

  private ServerMessageJson() {}

  static void write(JsonGenerator json, ServerMessage message) throws IOException {
    switch (message) {
      case ServerMessage.Challenge(String nonce) -> {
        json.writeStringField("type", CHALLENGE);
        json.writeStringField("nonce", nonce);
      }
      case ServerMessage.Config config -> writeConfig(json, config);
      case ServerMessage.ChangeOver(GroupId group, var switchOver, var retire) -> {
        json.writeStringField("type", CHANGE_OVER);
        json.writeStringField("group", group.value());
        LinkRevisions.write(json, "switchOver", switchOver);
        LinkRevisions.write(json, "retire", retire);
      }
    }
  }

  private static void writeConfig(JsonGenerator json, ServerMessage.Config config)
      throws IOException {
    json.writeStringField("type", CONFIG);
    json.writeStringField("group", config.group().value());
    json.writeStringField("nonce", config.nonce());
    json.writeNumberField("revision", config.revision());
    json.writeBooleanField("complete", config.complete());
    if (config.membership().isPresent()) {
      writeDocument(json, "membership", config.membership().get());
    }
    json.writeArrayFieldStart("set");
    for (LinkUpdate update : config.set()) {
      json.writeStartObject();
      json.writeStringField("link", update.link().toString());
      json.writeNumberField("revision", update.revision());
      writeDocument(json, "document", update.document());
      writeSecrets(json, update.secrets());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("remove");
    for (LinkId link : config.remove()) {
      json.writeString(link.toString());
    }
    json.writeEndArray();
  }

  private static void writeDocument(JsonGenerator json, String name, SignedDocument signed)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeBinaryField("bytes", signed.document());
    json.writeStringField("keyId", signed.keyId());
    json.writeBinaryField("signature", signed.signature());
    json.writeEndObject();
  }

  private static void writeSecrets(JsonGenerator json, SealedSecrets sealed) throws IOException {
    json.writeObjectFieldStart("secrets");
    json.writeStringField("suite", sealed.suite());
    json.writeNumberField("keyVersion", sealed.keyVersion());
    json.writeBinaryField("encapsulatedKey", sealed.encapsulatedKey());
    json.writeBinaryField("nonce", sealed.nonce());
    json.writeBinaryField("ciphertext", sealed.ciphertext());
    json.writeEndObject();
  }

  static ServerMessage read(JsonFields fields) throws ProtocolException {
    return switch (fields.text("type")) {
      case CHALLENGE -> new ServerMessage.Challenge(fields.text("nonce"));
      case CONFIG -> readConfig(fields);
      case CHANGE_OVER ->
          new ServerMessage.ChangeOver(
              fields.value("group", GroupId::new),
              LinkRevisions.read(fields, "switchOver", ProtocolLimits.MAX_LINKS_PER_CONFIG),
              LinkRevisions.read(fields, "retire", ProtocolLimits.MAX_LINKS_PER_CONFIG));
      default -> throw fields.refusal("type", "is not a message of a server");
    };
  }

  private static ServerMessage readConfig(JsonFields fields) throws ProtocolException {
    Optional<JsonFields> membership = fields.optionalObject("membership");
    List<LinkUpdate> set = new ArrayList<>();
    for (JsonFields item : fields.objects("set", ProtocolLimits.MAX_LINKS_PER_CONFIG)) {
      set.add(
          new LinkUpdate(
              item.value("link", LinkId::parse),
              item.revision("revision"),
              readDocument(item.object("document")),
              readSecrets(item.object("secrets"))));
    }
    return new ServerMessage.Config(
        fields.value("group", GroupId::new),
        fields.text("nonce"),
        fields.revision("revision"),
        fields.flag("complete"),
        membership.isPresent() ? Optional.of(readDocument(membership.get())) : Optional.empty(),
        set,
        fields.values("remove", ProtocolLimits.MAX_REMOVALS_PER_CONFIG, LinkId::parse));
  }

  private static SignedDocument readDocument(JsonFields fields) throws ProtocolException {
    byte[] document = fields.bytes("bytes");
    if (document.length > ProtocolLimits.MAX_DOCUMENT_BYTES) {
      throw fields.refusal("bytes", "is longer than a document may be");
    }
    return new SignedDocument(document, fields.text("keyId"), fields.bytes("signature"));
  }

  private static SealedSecrets readSecrets(JsonFields fields) throws ProtocolException {
    return new SealedSecrets(
        fields.text("suite"),
        fields.smallNumber("keyVersion"),
        fields.bytes("encapsulatedKey"),
        fields.bytes("nonce"),
        fields.bytes("ciphertext"));
  }
}
