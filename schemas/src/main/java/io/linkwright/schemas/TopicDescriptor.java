package io.linkwright.schemas;

import java.util.Map;
import org.apache.avro.Schema;

/**
 * A topic, its configuration on the broker, and the schema of its values.
 *
 * @param configs Kafka's topic configuration; what is not named stays as the broker has it
 * @param valueSchema what records are written with
 */
public record TopicDescriptor(String name, Map<String, String> configs, Schema valueSchema) {
  /** Copies the map. */
  public TopicDescriptor {
    configs = Map.copyOf(configs);
  }

  /** The registry's name for the schemas of the topic's values. */
  public String valueSubject() {
    return Subjects.ofValue(name);
  }
}
