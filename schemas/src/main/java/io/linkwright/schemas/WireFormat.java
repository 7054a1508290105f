package io.linkwright.schemas;

import io.linkwright.domain.delivery.EdgeConfiguration;
import io.linkwright.domain.delivery.EdgeStatus;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.RecordedTopologyEvent;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Values of Linkwright's topics as bytes: the domain's records in Avro, framed by a Confluent
 * serializer.
 *
 * <p>Thread-safe, and so are the serdes, provided that the configured serializers are: Linkwright's
 * own and Confluent's are. A null value (tombstone) is null bytes. Closing a serde does nothing:
 * all serdes share the two serializers, which live as long as the process.
 */
public final class WireFormat {
  static {
    TrustedClasses.declare();
    AvroLimits.declare();
  }

  private final Serializer<? super SpecificRecord> serializer;
  private final Deserializer<?> deserializer;

  private WireFormat(Serializer<? super SpecificRecord> serializer, Deserializer<?> deserializer) {
    this.serializer = serializer;
    this.deserializer = deserializer;
  }

  /** The bundled schemas under their fixed ids; no registry. */
  public static WireFormat bundled() {
    return of(BundledSchemaRegistry.instance());
  }

  /** Linkwright's own serializers on this registry. */
  public static WireFormat of(SchemaRegistry registry) {
    return new WireFormat(new AvroSerializer(registry), new AvroDeserializer(registry));
  }

  /**
   * As configured. Everything is handed on to the serializers.
   *
   * <ul>
   *   <li>{@code schema.registry.url}: one or more URLs joined by commas, or {@code bundled:}
   *   <li>{@code schema.registry.cache.dir}: where Linkwright's own keep what the registry answered
   *   <li>{@code value.serializer}, {@code value.deserializer}: class names; Linkwright's own
   *       unless given. {@code io.confluent.kafka.serializers.KafkaAvroSerializer} and {@code
   *       KafkaAvroDeserializer} fit
   * </ul>
   *
   * @throws ConfigException naming the key, if a value is not what it should be
   */
  public static WireFormat configured(Map<String, ?> config) {
    Map<String, Object> handedOn = new HashMap<>(config);
    // Confluent's deserializer makes generic records unless told otherwise.
    handedOn.putIfAbsent("specific.avro.reader", "true");
    Serializer<? super SpecificRecord> serializer = serializer(config);
    serializer.configure(handedOn, false);
    Deserializer<?> deserializer =
        instance(config, WireConfig.DESERIALIZER, AvroDeserializer.class, Deserializer.class);
    deserializer.configure(handedOn, false);
    return new WireFormat(serializer, deserializer);
  }

  /** Values of {@code linkwright.events}. */
  public Serde<RecordedEvent> events() {
    return serde(new GroupEventCodec());
  }

  /** Values of {@code linkwright.edge-config}. */
  public Serde<EdgeConfiguration> edgeConfigurations() {
    return serde(new EdgeConfigurationCodec());
  }

  /** Values of {@code linkwright.edge-status}. */
  public Serde<EdgeStatus> edgeStatuses() {
    return serde(new EdgeStatusCodec());
  }

  /** Values of {@code linkwright.topology}. */
  public Serde<RecordedTopologyEvent> topologyEvents() {
    return serde(new TopologyEventCodec());
  }

  private <D, A extends SpecificRecord> Serde<D> serde(Codec<D, A> codec) {
    return new CodecSerde<>(codec, serializer, deserializer);
  }

  /** A class named in configuration takes whatever Avro record it is given, or fails on it. */
  @SuppressWarnings("unchecked")
  private static Serializer<? super SpecificRecord> serializer(Map<String, ?> config) {
    return instance(config, WireConfig.SERIALIZER, AvroSerializer.class, Serializer.class);
  }

  private static <T> T instance(
      Map<String, ?> config, String key, Class<? extends T> defaultClass, Class<T> type) {
    String className = WireConfig.text(config, key, defaultClass.getName());
    try {
      return Utils.newInstance(className, type);
    } catch (ClassNotFoundException | LinkageError | ClassCastException unusable) {
      ConfigException failure =
          new ConfigException(
              key, className, "the name of a %s on the class path".formatted(type.getSimpleName()));
      failure.initCause(unusable);
      throw failure;
    }
  }
}
