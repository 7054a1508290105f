package io.linkwright.examples;

import io.linkwright.schemas.avro.MemberIsolated;
import io.linkwright.schemas.avro.TopologyEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Prints a line for every member that has no link any more. Runs until it is stopped; started
 * again, it goes on where it was, since the consumer group keeps its place.
 */
public final class IsolatedAlerts {
  private static final Duration POLL = Duration.ofMillis(500);

  private IsolatedAlerts() {}

  /** Arguments: Kafka's bootstrap address and the registry's URL. */
  public static void main(String[] arguments) {
    Map<String, Object> configuration =
        Map.of(
            "bootstrap.servers", arguments.length > 0 ? arguments[0] : "localhost:9092",
            "schema.registry.url",
                arguments.length > 1 ? arguments[1] : "http://localhost:8080/registry",
            "group.id", "isolated-alerts-java",
            "auto.offset.reset", "earliest",
            "isolation.level", "read_committed",
            "key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer",
            // Confluent's KafkaAvroDeserializer fits too, with specific.avro.reader=true.
            "value.deserializer", "io.linkwright.schemas.AvroDeserializer");
    try (KafkaConsumer<String, TopologyEvent> consumer = new KafkaConsumer<>(configuration)) {
      consumer.subscribe(List.of("linkwright.topology"));
      while (true) {
        for (ConsumerRecord<String, TopologyEvent> record : consumer.poll(POLL)) {
          if (record.value().getPayload() instanceof MemberIsolated isolated) {
            System.out.printf(
                "isolated: member %s of group %s, revision %d%n",
                isolated.getEdge(), record.key(), record.value().getRevision());
          }
        }
      }
    }
  }
}
