package io.linkwright.domain.link;

import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.KeySeed;
import io.linkwright.domain.key.SeedExpansion;
import io.linkwright.domain.key.SeedExpansion.Label;
import io.linkwright.domain.link.TunnelSecrets.PresharedSecret;
import io.linkwright.domain.link.TunnelSecrets.SaSecrets;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What one expansion of the seed yields for a link: first the secrets of each tunnel, then the
 * candidates for its SPIs. Blocks of HKDF output are independent of each other, so that publishing
 * an SPI tells nothing of a key.
 *
 * @param spiCandidates for IPsec two of each tunnel, A to B before B to A; none otherwise
 */
public record LinkKeyMaterial(LinkSecrets secrets, List<Long> spiCandidates) {

  /** What the material is for. */
  public record Purpose(LinkId link, int keyVersion, TunnelProtocol protocol, int tunnelCount) {}

  public static final int DIRECTIONS = 2;

  private static final String KEYS = "linkwright link keys v1";
  private static final String SPI_RETRY = "linkwright spi retry v1";

  public static LinkKeyMaterial derive(KeySeed seed, Purpose purpose) {
    int secretBytes =
        switch (purpose.protocol()) {
          case WIREGUARD -> PresharedSecret.LENGTH_BYTES;
          case IPSEC -> DIRECTIONS * SaSecrets.LENGTH_BYTES;
        };
    int spiCount =
        switch (purpose.protocol()) {
          case WIREGUARD -> 0;
          case IPSEC -> DIRECTIONS * purpose.tunnelCount();
        };
    int lengthBytes = purpose.tunnelCount() * secretBytes + spiCount * Integer.BYTES;
    ByteBuffer material =
        ByteBuffer.wrap(SeedExpansion.expand(seed, info(KEYS, purpose), lengthBytes));

    List<TunnelSecrets> tunnels = new ArrayList<>(purpose.tunnelCount());
    for (int index = 0; index < purpose.tunnelCount(); index++) {
      tunnels.add(secrets(material, purpose.protocol()));
    }
    List<Long> spis = new ArrayList<>(spiCount);
    for (int i = 0; i < spiCount; i++) {
      spis.add(Integer.toUnsignedLong(material.getInt()));
    }
    return new LinkKeyMaterial(
        new LinkSecrets(purpose.link(), purpose.keyVersion(), tunnels), spis);
  }

  /**
   * Another candidate for an SPI whose candidates so far are reserved or taken.
   *
   * @param position in {@link #spiCandidates}
   * @param attempt 1 for the first retry
   */
  public static long anotherSpi(KeySeed seed, Purpose purpose, int position, int attempt) {
    Label info = info(SPI_RETRY, purpose).with(position).with(attempt);
    return Integer.toUnsignedLong(
        ByteBuffer.wrap(SeedExpansion.expand(seed, info, Integer.BYTES)).getInt());
  }

  private static TunnelSecrets secrets(ByteBuffer material, TunnelProtocol protocol) {
    return switch (protocol) {
      case WIREGUARD -> new PresharedSecret(next(material, PresharedSecret.LENGTH_BYTES));
      case IPSEC ->
          new SaSecrets(
              next(material, SaSecrets.LENGTH_BYTES), next(material, SaSecrets.LENGTH_BYTES));
    };
  }

  private static byte[] next(ByteBuffer material, int lengthBytes) {
    byte[] bytes = new byte[lengthBytes];
    material.get(bytes);
    return bytes;
  }

  private static Label info(String use, Purpose purpose) {
    return Label.of(use)
        .with(purpose.link().toString())
        .with(purpose.keyVersion())
        .with(purpose.protocol().label())
        .with(purpose.tunnelCount());
  }
}
