package io.linkwright.schemas;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.schemas.avro.EdgeConfigChanged;
import io.linkwright.schemas.avro.SealedSecretsRecord;
import io.linkwright.schemas.avro.SignedDocumentRecord;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Values of {@code linkwright.edge-config}. */
final class EdgeConfigurationCodec implements Codec<EdgeConfiguration, EdgeConfigChanged> {
  @Override
  public Class<EdgeConfigChanged> avroType() {
    return EdgeConfigChanged.class;
  }

  @Override
  public EdgeConfigChanged toAvro(EdgeConfiguration configuration) {
    EdgeConfigKey key = configuration.key();
    return new EdgeConfigChanged(
        key.edge().value(),
        key.group().value(),
        key.link().map(LinkId::toString).orElse(null),
        configuration.revision(),
        toAvro(configuration.document()),
        configuration.secrets().map(EdgeConfigurationCodec::toAvro).orElse(null));
  }

  @Override
  public EdgeConfiguration toDomain(EdgeConfigChanged configuration) {
    return new EdgeConfiguration(
        new EdgeConfigKey(
            new EdgeId(configuration.getEdge()),
            new GroupId(configuration.getGroup()),
            Optional.ofNullable(configuration.getLink()).map(LinkId::parse)),
        configuration.getRevision(),
        toDomain(configuration.getDocument()),
        Optional.ofNullable(configuration.getSecrets()).map(EdgeConfigurationCodec::toDomain));
  }

  private static SignedDocumentRecord toAvro(SignedDocument document) {
    return new SignedDocumentRecord(
        ByteBuffer.wrap(document.document()),
        document.keyId(),
        ByteBuffer.wrap(document.signature()));
  }

  private static SignedDocument toDomain(SignedDocumentRecord document) {
    return new SignedDocument(
        bytes(document.getDocument()), document.getKeyId(), bytes(document.getSignature()));
  }

  private static SealedSecretsRecord toAvro(SealedSecrets secrets) {
    return new SealedSecretsRecord(
        secrets.suite(),
        secrets.keyVersion(),
        ByteBuffer.wrap(secrets.encapsulatedKey()),
        ByteBuffer.wrap(secrets.nonce()),
        ByteBuffer.wrap(secrets.ciphertext()));
  }

  private static SealedSecrets toDomain(SealedSecretsRecord secrets) {
    return new SealedSecrets(
        secrets.getSuite(),
        secrets.getKeyVersion(),
        bytes(secrets.getEncapsulatedKey()),
        bytes(secrets.getNonce()),
        bytes(secrets.getCiphertext()));
  }

  /** The decoder made the buffer for this record alone, so its array is handed on uncopied. */
  private static byte[] bytes(ByteBuffer buffer) {
    if (buffer.hasArray()
        && buffer.arrayOffset() == 0
        && buffer.array().length == buffer.remaining()) {
      return buffer.array();
    }
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return copy;
  }
}
