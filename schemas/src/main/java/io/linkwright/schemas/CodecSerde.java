package io.linkwright.schemas;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** A codec before an Avro serializer that others use too, and is therefore never closed here. */
final class CodecSerde<D, A extends SpecificRecord> implements Serde<D> {
  private final Codec<D, A> codec;
  private final Serializer<? super SpecificRecord> avroSerializer;
  private final Deserializer<?> avroDeserializer;

  CodecSerde(
      Codec<D, A> codec,
      Serializer<? super SpecificRecord> avroSerializer,
      Deserializer<?> avroDeserializer) {
    this.codec = codec;
    this.avroSerializer = avroSerializer;
    this.avroDeserializer = avroDeserializer;
  }

  @Override
  public Serializer<D> serializer() {
    return new Serializer<>() {
      @Override
      public byte[] serialize(String topic, D value) {
        return value == null ? null : avroSerializer.serialize(topic, codec.toAvro(value));
      }

      @Override
      public byte[] serialize(String topic, Headers headers, D value) {
        return value == null ? null : avroSerializer.serialize(topic, headers, codec.toAvro(value));
      }
    };
  }

  @Override
  public Deserializer<D> deserializer() {
    return new Deserializer<>() {
      @Override
      public D deserialize(String topic, byte[] bytes) {
        return bytes == null ? null : toDomain(topic, avroDeserializer.deserialize(topic, bytes));
      }

      @Override
      public D deserialize(String topic, Headers headers, byte[] bytes) {
        return bytes == null
            ? null
            : toDomain(topic, avroDeserializer.deserialize(topic, headers, bytes));
      }
    };
  }

  private D toDomain(String topic, Object record) {
    if (!codec.avroType().isInstance(record)) {
      throw new SerializationException(
          "a record of %s was read as %s instead of %s"
              .formatted(topic, record.getClass().getName(), codec.avroType().getName()));
    }
    try {
      return codec.toDomain(codec.avroType().cast(record));
    } catch (RuntimeException refused) {
      throw new SerializationException(
          "a record of %s says what cannot be: %s".formatted(topic, refused.getMessage()), refused);
    }
  }
}
