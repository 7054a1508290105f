package io.linkwright.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.linkwright.domain.group.GroupEvent;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.RecordedTopologyEvent;
import io.linkwright.domain.group.TopologyEvent;
import io.linkwright.domain.id.GroupId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Headers by which any CloudEvents consumer can route a record without a schema: binary content
 * mode of the CloudEvents 1.0 Kafka protocol binding, attributes as {@code ce_…} in UTF-8. Source
 * and id together name an occurrence once. What does not differ from record to record is encoded
 * once, since these stand on the way of every command.
 */
public final class CloudEventHeaders {
  /** How the value is written: the binding's place for {@code datacontenttype}. */
  public static final String CONTENT_TYPE = "application/avro";

  /** Before the event's name in {@code ce_type}. */
  public static final String TYPE_PREFIX = "io.linkwright.";

  /** {@code ce_source} on {@code linkwright.events}. */
  public static final String EVENTS_SOURCE = "/linkwright/command-service";

  /** {@code ce_source} on {@code linkwright.topology}. */
  public static final String TOPOLOGY_SOURCE = "/linkwright/topology-stream";

  private static final Header SPEC_VERSION = header("ce_specversion", "1.0");
  private static final Header AVRO = header("content-type", CONTENT_TYPE);
  private static final Header FROM_EVENTS = header("ce_source", EVENTS_SOURCE);
  private static final Header FROM_TOPOLOGY = header("ce_source", TOPOLOGY_SOURCE);

  /** Events are named alike in the code, in the schemas and here; a test holds it. */
  private static final ClassValue<Header> TYPES =
      new ClassValue<>() {
        @Override
        protected Header computeValue(Class<?> event) {
          return header("ce_type", TYPE_PREFIX + event.getSimpleName());
        }
      };

  /** Header and value tell the same time. */
  private static final ChronoUnit AVRO_PRECISION = ChronoUnit.MICROS;

  private CloudEventHeaders() {}

  /** Of a record on {@code linkwright.events}. */
  public static Headers of(RecordedEvent event) {
    return headers(
        FROM_EVENTS, type(event.payload()), event.eventId(), event.occurredAt(), event.group());
  }

  /** Of a record on {@code linkwright.topology}. */
  public static Headers of(RecordedTopologyEvent event) {
    return headers(
        FROM_TOPOLOGY, type(event.payload()), event.eventId(), event.occurredAt(), event.group());
  }

  private static Header type(GroupEvent payload) {
    return TYPES.get(payload.getClass());
  }

  private static Header type(TopologyEvent payload) {
    return TYPES.get(payload.getClass());
  }

  private static Headers headers(
      Header source, Header type, UUID id, Instant time, GroupId subject) {
    return new org.apache.kafka.common.header.internals.RecordHeaders(
        new Header[] {
          SPEC_VERSION,
          AVRO,
          source,
          type,
          header("ce_id", id.toString()),
          header("ce_time", time.truncatedTo(AVRO_PRECISION).toString()),
          header("ce_subject", subject.value())
        });
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }
}
