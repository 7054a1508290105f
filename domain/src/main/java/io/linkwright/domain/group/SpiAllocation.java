package io.linkwright.domain.group;

import io.linkwright.domain.key.KeySeed;
import io.linkwright.domain.key.SecurityAssociation;
import io.linkwright.domain.link.LinkKeyMaterial;
import io.linkwright.domain.link.LinkKeyMaterial.Purpose;
import io.linkwright.domain.link.Tunnel;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the SPIs of one link: outside the reserved range (RFC 4303 section 2.1) and unlike any
 * other that the receiving edge has in the group, the link's own old ones among them, so that old
 * and new associations can stand side by side while a key changes. Owned by the thread that
 * decides.
 */
final class SpiAllocation {
  /** Even with half of all SPIs taken at an edge, this many in a row are not. */
  private static final int MAX_ATTEMPTS = 128;

  private final KeySeed seed;
  private final Purpose purpose;
  private final MemberNode endA;
  private final MemberNode endB;
  private final List<Long> chosenAtA = new ArrayList<>(Tunnel.MAX_PER_LINK);
  private final List<Long> chosenAtB = new ArrayList<>(Tunnel.MAX_PER_LINK);

  SpiAllocation(KeySeed seed, Purpose purpose, MemberNode endA, MemberNode endB) {
    this.seed = seed;
    this.purpose = purpose;
    this.endA = endA;
    this.endB = endB;
  }

  /** An SPI that edge A receives on. */
  long atA(int position, long candidate) {
    return choose(endA, chosenAtA, position, candidate);
  }

  /** An SPI that edge B receives on. */
  long atB(int position, long candidate) {
    return choose(endB, chosenAtB, position, candidate);
  }

  private long choose(MemberNode receiver, List<Long> chosen, int position, long candidate) {
    long spi = candidate;
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      if (spi >= SecurityAssociation.MIN_SPI
          && !receiver.inboundSpis().contains(spi)
          && !chosen.contains(spi)) {
        chosen.add(spi);
        return spi;
      }
      spi = LinkKeyMaterial.anotherSpi(seed, purpose, position, attempt);
    }
    throw new IllegalStateException(
        "no free SPI at %s in %d attempts".formatted(receiver.member().edge(), MAX_ATTEMPTS));
  }
}
