package io.linkwright.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.linkwright.domain.group.EventSeal;
import io.linkwright.domain.group.FoldedLog;
import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.LogChain;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.Succession;
import io.linkwright.domain.id.GroupId;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.schemas.EventSealer;
import io.linkwright.schemas.LinkwrightTopics;
import io.linkwright.schemas.LogKey;
import io.linkwright.schemas.RecordHeaders;
import io.linkwright.schemas.WireFormat;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One who may write to a log of one partition, and has not the key. */
final class Stranger implements AutoCloseable {
  private static final String TOPIC = LinkwrightTopics.EVENTS.name();
  private static final WireFormat WIRE = WireFormat.bundled();

  private final String bootstrapServers;
  private final LogKey stolen;
  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * At this cluster.
   *
   * @param writersKey for records that a writer of ours has sealed and that never came to be
   */
  Stranger(String bootstrapServers, ControllerKey writersKey) {
    this.bootstrapServers = bootstrapServers;
    this.stolen = new LogKey(writersKey.derive(LogKey.PURPOSE));
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** An event that could follow at this revision, as everybody can make it. */
  static RecordedEvent event(String group, long revision, GroupEvent payload) {
    return new RecordedEvent(
        UUID.randomUUID(),
        new GroupId(group),
        revision,
        Instant.now(),
        "stranger",
        "stranger",
        payload);
  }

  /** The group's records, in their order. */
  List<ConsumerRecord<byte[], byte[]>> records(String group) {
    return TopicReader.read(bootstrapServers, TOPIC).stream()
        .filter(record -> record.key() != null && new String(record.key(), UTF_8).equals(group))
        .toList();
  }

  void write(RecordedEvent event, Header... headers) throws Exception {
    byte[] value = WIRE.events().serializer().serialize(TOPIC, event);
    send(event.group().value(), value, List.of(headers));
  }

  void copy(ConsumerRecord<byte[], byte[]> record) throws Exception {
    copy(record, new String(record.key(), UTF_8));
  }

  void copy(ConsumerRecord<byte[], byte[]> record, String key) throws Exception {
    send(key, record.value(), record.headers());
  }

  /** Writes records that a writer had sealed to stand here, one upon the other, in this order. */
  void writeSealed(List<Sealed> records) throws Exception {
    for (Sealed record : records) {
      send(record.key(), record.value(), List.of(RecordHeaders.mac(record.mac())));
    }
  }

  /** A record that was never committed. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Sealed(String key, byte[] value, byte[] mac) {}

  /** As a writer of ours seals events onto what stands on the log now. */
  List<Sealed> sealed(RecordedEvent... events) {
    FoldedLog folded = new FoldedLog(stolen.mac());
    LogChain chain = new LogChain();
    for (ConsumerRecord<byte[], byte[]> record : TopicReader.read(bootstrapServers, TOPIC)) {
      Succession _ =
          folded.take(
              new String(record.key(), UTF_8),
              WIRE.events().deserializer().deserialize(TOPIC, record.value()),
              new EventSeal(chain.digest(record.value()), RecordHeaders.mac(record.headers())),
              record.partition(),
              record.offset());
    }
    EventSealer.Batch batch = new EventSealer(WIRE, stolen).batch(folded::head);
    return List.of(events).stream()
        .map(
            event -> {
              EventSealer.Sealed sealed = batch.seal(event);
              return new Sealed(
                  event.group().value(), sealed.value(), sealed.seal().mac().orElseThrow());
            })
        .toList();
  }

  private void send(String key, byte[] value, Iterable<Header> headers) throws Exception {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(TOPIC, 0, key.getBytes(UTF_8), value);
    Headers added = record.headers();
    headers.forEach(added::add);
    producer.send(record).get();
  }

  @Override
  public void close() {
    producer.close();
  }
}
