package io.linkwright.schemas;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What the value of a record turned out to be. Anybody who may write to a topic may write anything,
 * so reading has these outcomes and no exception but one: a registry that does not answer says
 * nothing of the record, and is asked again.
 *
 * @param <T> the domain's record
 */
public sealed interface ReadRecord<T> {

  /** A record of ours. */
  record Known<T>(T value) implements ReadRecord<T> {}

  /** No value: what stood at the key is gone. */
  record Tombstone<T>() implements ReadRecord<T> {}

  /**
   * Not ours: in another format, of another schema, or says what cannot be. It never counts.
   *
   * @param reason for people
   */
  record Foreign<T>(String reason) implements ReadRecord<T> {}

  /**
   * Framed as ours, of a schema that is not known here: a newer version's, or one that the registry
   * has lost. It may count, and what it says of its key cannot be told.
   *
   * @param reason for people
   */
  record Unknown<T>(String reason) implements ReadRecord<T> {}

  /**
   * Reads a value.
   *
   * @param deserializer one of {@link WireFormat}'s
   * @param value null for a tombstone
   * @throws SchemaRegistryException if the registry does not answer; another try may succeed
   */
  static <T> ReadRecord<T> of(Deserializer<T> deserializer, String topic, byte[] value) {
    if (value == null) {
      return new Tombstone<>();
    }
    try {
      return new Known<>(deserializer.deserialize(topic, value));
    } catch (SchemaRegistryException unanswered) {
      throw unanswered;
    } catch (UnknownSchemaException unknown) {
      return new Unknown<>(unknown.getMessage());
    } catch (SerializationException foreign) {
      return new Foreign<>(foreign.getMessage());
    }
  }

  /** A deserializer that answers every value; null too, with {@link Tombstone}. */
  static <T> Deserializer<ReadRecord<T>> deserializer(Deserializer<T> deserializer) {
    return (topic, value) -> of(deserializer, topic, value);
  }
}
