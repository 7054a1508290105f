package io.linkwright.pusher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.linkwright.domain.delivery.EdgeConfigKey;
import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.delivery.MembershipDocument;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.key.SignedDocument;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.Documents;
import io.linkwright.edgeprotocol.EdgeKeys;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.Partitioning;
import io.linkwright.schemas.RecordHeaders;
import io.linkwright.schemas.WireFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes {@code linkwright.edge-config} as the command service does, one transaction a change. */
public final class TestController implements AutoCloseable {
  private static final String TOPIC = LinkwrightTopics.EDGE_CONFIG.name();

  /** Sizes of a WireGuard link with dual tunnel. */
  private static final int DOCUMENT_BYTES = 1_100;

  private static final int ENCAPSULATED_KEY_BYTES = 1_120;
  private static final int CIPHERTEXT_BYTES = 200;

  private final ControllerKey signing = ControllerKey.generate();
  private final WireFormat wire = WireFormat.bundled();
  private final Random random = new Random(1);
  private final int partitions;
  private final KafkaProducer<byte[], byte[]> producer;
  private long revision;

  /** Connects; a controller of the same name fences the one before. */
  public TestController(String bootstrapServers, int partitions) {
    this.partitions = partitions;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "test-controller",
                ProducerConfig.LINGER_MS_CONFIG,
                0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  /** The revision of the last change, over all groups. */
  public long revision() {
    return revision;
  }

  /** Makes the edge a member. */
  public void member(GroupId group, EdgeId edge, EdgeKeys keys) {
    begin();
    MembershipDocument document =
        new MembershipDocument(
            group, revision, edge, edge.value(), keys.publicKeys().identity(), List.of());
    EdgeConfigKey key = EdgeConfigKey.ofMembership(edge, group);
    put(
        new EdgeConfiguration(
            key, revision, signing.sign(Documents.write(document)), Optional.empty()));
    commit();
  }

  /** Adds or changes the link and commits. */
  public void link(GroupId group, LinkId link) {
    prepareLink(group, link);
    commit();
  }

  /** Everything of a change but the commit. */
  public void prepareLink(GroupId group, LinkId link) {
    begin();
    SignedDocument document = signing.sign(bytes(DOCUMENT_BYTES));
    for (EdgeId edge : link.edges()) {
      SealedSecrets secrets =
          new SealedSecrets(
              "test", 1, bytes(ENCAPSULATED_KEY_BYTES), bytes(12), bytes(CIPHERTEXT_BYTES));
      put(
          new EdgeConfiguration(
              EdgeConfigKey.ofLink(edge, group, link), revision, document, Optional.of(secrets)));
    }
  }

  /** Removes the link from both ends. */
  public void unlink(GroupId group, LinkId link) {
    begin();
    link.edges().forEach(edge -> send(EdgeConfigKey.ofLink(edge, group, link), null));
    commit();
  }

  /** Ends what was prepared. */
  public void commit() {
    producer.commitTransaction();
  }

  /** Takes back what was prepared. */
  public void abort() {
    producer.abortTransaction();
  }

  private void begin() {
    revision++;
    producer.beginTransaction();
  }

  private void put(EdgeConfiguration configuration) {
    send(
        configuration.key(),
        wire.edgeConfigurations().serializer().serialize(TOPIC, configuration));
  }

  private void send(EdgeConfigKey key, byte[] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            TOPIC,
            Partitioning.ofEdge(key.edge(), partitions),
            key.toString().getBytes(UTF_8),
            value);
    record.headers().add(RecordHeaders.revision(revision));
    // A transaction that misses a record does not commit.
    Future<RecordMetadata> _ = producer.send(record);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Override
  public void close() {
    producer.close();
  }
}
