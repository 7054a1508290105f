package io.linkwright.httpapi;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.group.Topology;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.RekeyInterval;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelState;
import io.linkwright.domain.member.EnrollmentStanding;
import io.linkwright.domain.member.EnrollmentToken;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Function;

/** How JSON writes what the domain has a type for: each value is a text. */
final class DomainModule extends SimpleModule {
  DomainModule() {
    super("linkwright-domain");
    add(GroupId.class, GroupId::value, GroupId::new);
    add(EdgeId.class, EdgeId::value, EdgeId::new);
    add(LinkId.class, LinkId::toString, LinkId::parse);
    add(Topology.class, Topology::label, Topology::parse);
    add(TunnelProtocol.class, TunnelProtocol::label, TunnelProtocol::parse);
    add(TunnelState.class, TunnelState::name, DomainModule::tunnelState);
    add(EnrollmentStanding.class, EnrollmentStanding::label, EnrollmentStanding::parse);
    add(Cidr.class, Cidr::toString, Cidr::parse);
    add(IpAddress.class, IpAddress::toString, IpAddress::parse);
    add(Endpoint.class, Endpoint::toString, Endpoint::parse);
    add(RekeyInterval.class, RekeyInterval::toString, RekeyInterval::parse);
    add(SaAlgorithm.class, SaAlgorithm::label, SaAlgorithm::parse);
    add(PublicKey.class, PublicKey::base64, PublicKey::new);
    add(EnrollmentToken.class, EnrollmentToken::reveal, EnrollmentToken::parse);
    add(Instant.class, Instant::toString, Instant::parse);
    add(UUID.class, UUID::toString, UUID::fromString);
  }

  private <T> void add(Class<T> type, Function<T, String> writer, Function<String, T> reader) {
    addSerializer(type, new Writer<>(type, writer));
    addDeserializer(type, new Reader<>(type, reader));
  }

  /** A newer server may know states that we do not. */
  private static TunnelState tunnelState(String text) {
    return Arrays.stream(TunnelState.values())
        .filter(state -> state.name().equals(text))
        .findAny()
        .orElse(TunnelState.UNKNOWN);
  }

  private static final class Writer<T> extends StdSerializer<T> {
    private final transient Function<T, String> writer;

    Writer(Class<T> type, Function<T, String> writer) {
      super(type);
      this.writer = writer;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(writer.apply(value));
    }
  }

  private static final class Reader<T> extends FromStringDeserializer<T> {
    private final transient Function<String, T> reader;

    Reader(Class<T> type, Function<String, T> reader) {
      super(type);
      this.reader = reader;
    }

    @Override
    protected T _deserialize(String text, DeserializationContext context) {
      return reader.apply(text);
    }
  }
}
