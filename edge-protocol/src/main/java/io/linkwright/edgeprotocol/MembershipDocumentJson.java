package io.linkwright.edgeprotocol;

import com.fasterxml.jackson.core.JsonGenerator;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.delivery.MembershipDocument;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.link.Tunnel;
import java.io.IOException;

/** A membership document's members. */
final class MembershipDocumentJson {
  private MembershipDocumentJson() {}

  static void write(JsonGenerator json, MembershipDocument document) throws IOException {
    json.writeStringField("type", Documents.MEMBERSHIP);
    json.writeNumberField("version", Documents.VERSION);
    json.writeStringField("group", document.group().value());
    json.writeNumberField("revision", document.revision());
    json.writeStringField("edge", document.edge().value());
    json.writeStringField("name", document.name());
    json.writeStringField("identity", document.identity().base64());
    json.writeArrayFieldStart("overlayAddresses");
    for (IpAddress address : document.overlayAddresses()) {
      json.writeString(address.toString());
    }
    json.writeEndArray();
  }

  static MembershipDocument read(JsonFields fields) throws ProtocolException {
    MembershipDocument document =
        new MembershipDocument(
            fields.value("group", GroupId::new),
            fields.revision("revision"),
            fields.value("edge", EdgeId::new),
            fields.text("name"),
            fields.value("identity", PublicKey::new),
            fields.values("overlayAddresses", Tunnel.MAX_PER_LINK, IpAddress::parse));
    fields.requireNothingElse();
    return document;
  }
}
