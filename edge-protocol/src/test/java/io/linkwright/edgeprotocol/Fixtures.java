package io.linkwright.edgeprotocol;

import io.linkwright.domain.address.Cidr;
import io.linkwright.domain.address.Endpoint;
import io.linkwright.domain.address.IpAddress;
import io.linkwright.domain.delivery.LinkDocument;
import io.linkwright.domain.delivery.MembershipDocument;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.SaAlgorithm;
import io.linkwright.domain.key.SecurityAssociation;
import io.linkwright.domain.link.LinkConfiguration;
import io.linkwright.domain.link.LinkEnd;
import io.linkwright.domain.link.LinkSecrets;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelEnd;
import io.linkwright.domain.link.TunnelKeys;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.link.TunnelSecrets;
import io.linkwright.domain.link.TunnelSecrets.PresharedSecret;
import io.linkwright.domain.link.TunnelSecrets.SaSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One link between Denver and Kansas City, in either protocol, with keys that are no secret. */
final class Fixtures {
  static final GroupId GROUP = new GroupId("backbone");
  static final EdgeId DENVER = new EdgeId("denver");
  static final EdgeId KANSAS_CITY = new EdgeId("kansas-city");
  static final LinkId LINK = LinkId.between(DENVER, KANSAS_CITY);
  static final int KEY_VERSION = 3;
  static final long REVISION = 42;

  private Fixtures() {}

  static LinkSecrets secrets(TunnelProtocol protocol) {
    return switch (protocol) {
      case WIREGUARD ->
          new LinkSecrets(
              LINK,
              KEY_VERSION,
              List.of(new PresharedSecret(filled(32, 1)), new PresharedSecret(filled(32, 2))));
      case IPSEC ->
          new LinkSecrets(
              LINK,
              KEY_VERSION,
              List.of(
                  new SaSecrets(filled(64, 3), filled(64, 4)),
                  new SaSecrets(filled(64, 5), filled(64, 6))));
    };
  }

  static LinkConfiguration link(TunnelProtocol protocol) {
    List<Tunnel> tunnels = new ArrayList<>();
    for (TunnelSecrets secrets : secrets(protocol).tunnels()) {
      int index = tunnels.size();
      tunnels.add(
          new Tunnel(
              index,
              tunnelEnd(protocol, "100.64.0." + (1 + index), 10 + index),
              tunnelEnd(protocol, "100.64.0." + (3 + index), 20 + index),
              keys(secrets, 0x1000 + 16 * index)));
    }
    return new LinkConfiguration(
        LINK,
        protocol,
        KEY_VERSION,
        new LinkEnd(
            DENVER,
            Optional.of(Endpoint.parse("denver.example.net:51820")),
            List.of(Cidr.parse("10.1.0.0/16"), Cidr.parse("2001:db8:1::/48"))),
        new LinkEnd(KANSAS_CITY, Optional.empty(), List.of()),
        tunnels);
  }

  static LinkDocument document(TunnelProtocol protocol) {
    return new LinkDocument(GROUP, REVISION, link(protocol), "a".repeat(64), "b".repeat(64));
  }

  static MembershipDocument membership() {
    return new MembershipDocument(
        GROUP,
        7,
        DENVER,
        "Denver, Colorado \u2014 \"Mile High\"",
        PublicKey.ofBytes(filled(32, 30)),
        List.of(IpAddress.parse("100.64.0.1"), IpAddress.parse("100.64.0.2")));
  }

  static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream stream = Fixtures.class.getResourceAsStream("/vectors/" + name)) {
      return stream.readAllBytes();
    }
  }

  private static TunnelEnd tunnelEnd(TunnelProtocol protocol, String address, int key) {
    return new TunnelEnd(
        IpAddress.parse(address),
        switch (protocol) {
          case WIREGUARD -> Optional.of(PublicKey.ofBytes(filled(32, key)));
          case IPSEC -> Optional.empty();
        });
  }

  private static TunnelKeys keys(TunnelSecrets secrets, long spi) {
    return switch (secrets) {
      case PresharedSecret preshared ->
          new TunnelKeys.PresharedKey(TunnelSecrets.fingerprint(preshared.key()));
      case SaSecrets keys ->
          new TunnelKeys.SecurityAssociations(
              association(spi, keys.aToB()), association(spi + 1, keys.bToA()));
    };
  }

  private static SecurityAssociation association(long spi, byte[] key) {
    return new SecurityAssociation(
        spi, SaAlgorithm.AES_CBC_256_HMAC_SHA_256_128, TunnelSecrets.fingerprint(key));
  }
}
