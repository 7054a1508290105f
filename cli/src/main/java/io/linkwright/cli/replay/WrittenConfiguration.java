package io.linkwright.cli.replay;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.delivery.LinkDocument;
import io.linkwright.domain.delivery.MembershipDocument;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.edgeprotocol.Documents;
import io.linkwright.edgeprotocol.ProtocolException;
import io.linkwright.edgeprotocol.SecretsDigest;
import io.linkwright.schemas.ReadRecord;
import io.linkwright.schemas.RecordHeaders;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What a record of {@code linkwright.edge-config} says, as far as it can be read without keys: the
 * secrets stay sealed, and are only held against their digest in the document.
 */
sealed interface WrittenConfiguration {

  /** The link of the key. */
  record Link(long revision, LinkConfiguration link) implements WrittenConfiguration {}

  /** The membership of the key. */
  record Membership(MembershipDocument document) implements WrittenConfiguration {}

  /** What stood at the key is gone. */
  record Tombstone(long revision) implements WrittenConfiguration {}

  /**
   * No writer of ours writes such a record.
   *
   * @param reason what is wrong with it
   */
  record Defective(String reason) implements WrittenConfiguration {}

  /**
   * Reads a record.
   *
   * @throws io.linkwright.schemas.SchemaRegistryException if the registry does not answer
   */
  static WrittenConfiguration of(
      EdgeConfigKey key,
      ConsumerRecord<byte[], byte[]> record,
      Deserializer<EdgeConfiguration> values) {
    try {
      OptionalLong header = RecordHeaders.revision(record.headers());
      if (header.isEmpty()) {
        return new Defective("it has no header " + RecordHeaders.REVISION);
      }
      return switch (ReadRecord.of(values, record.topic(), record.value())) {
        case ReadRecord.Tombstone<EdgeConfiguration>() -> new Tombstone(header.getAsLong());
        case ReadRecord.Foreign<EdgeConfiguration>(String reason) -> new Defective(reason);
        case ReadRecord.Unknown<EdgeConfiguration>(String reason) -> new Defective(reason);
        case ReadRecord.Known<EdgeConfiguration>(EdgeConfiguration value) ->
            read(key, header.getAsLong(), value);
      };
    } catch (IllegalArgumentException | ProtocolException unreadable) {
      return new Defective(unreadable.getMessage());
    }
  }

  private static WrittenConfiguration read(EdgeConfigKey key, long header, EdgeConfiguration value)
      throws ProtocolException {
    if (!value.key().equals(key)) {
      return new Defective("it is about " + value.key());
    }
    if (value.revision() != header) {
      return new Defective(
          "its revision is %d, and %d in its header".formatted(value.revision(), header));
    }
    byte[] document = value.document().document();
    return key.link().isPresent()
        ? link(key, key.link().get(), value, Documents.readLink(document))
        : membership(key, value, Documents.readMembership(document));
  }

  private static WrittenConfiguration link(
      EdgeConfigKey key, LinkId link, EdgeConfiguration value, LinkDocument document) {
    if (!document.group().equals(key.group())
        || !document.link().id().equals(link)
        || document.revision() != value.revision()
        || !link.joins(key.edge())) {
      return new Defective(
          "its document is about %s of %s at revision %d"
              .formatted(document.link().id(), document.group(), document.revision()));
    }
    SealedSecrets secrets = value.secrets().orElseThrow();
    if (secrets.keyVersion() != document.link().keyVersion()
        || !SecretsDigest.of(secrets).equals(document.secretsDigestFor(key.edge()))) {
      return new Defective("its secrets are not those that its document names");
    }
    return new Link(value.revision(), document.link());
  }

  private static WrittenConfiguration membership(
      EdgeConfigKey key, EdgeConfiguration value, MembershipDocument document) {
    if (!document.group().equals(key.group())
        || !document.edge().equals(key.edge())
        || document.revision() != value.revision()) {
      return new Defective(
          "its document is about %s of %s at revision %d"
              .formatted(document.edge(), document.group(), document.revision()));
    }
    return new Membership(document);
  }
}
