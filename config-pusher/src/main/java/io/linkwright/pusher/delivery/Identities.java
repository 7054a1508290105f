package io.linkwright.pusher.delivery;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.edgeprotocol.ChallengeProof;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The keys an edge may prove itself with: that of each of its memberships.
 *
 * @param former the keys of devices that were members under this name
 */
record Identities(EdgeId edge, Set<PublicKey> keys, Set<PublicKey> former) {
  /**
   * A valid Ed25519 key that proves nobody: the curve's base point (RFC 8032 section 5.1). An
   * unknown edge costs a verification as a known one does, so that the time of the answer does not
   * tell which edges exist; its outcome is not looked at.
   */
  private static final PublicKey NOBODY =
      new PublicKey("WGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmY=");

  /** Each costs a verification, and the edge has not proved anything yet. */
  static final int MAX_FORMER_KEYS = 4;

  static Identities of(EdgeId edge, DesiredConfiguration desired) {
    Set<PublicKey> keys = new LinkedHashSet<>();
    desired.groups(edge).stream()
        .map(group -> desired.membership(edge, group))
        .forEach(
            membership -> {
              if (membership instanceof Lookup.Present<Membership>(Membership present)) {
                keys.add(present.identity());
              }
            });
    Set<PublicKey> former = new LinkedHashSet<>();
    for (FormerMembership membership : desired.formerMemberships(edge)) {
      if (former.size() < MAX_FORMER_KEYS && !keys.contains(membership.identity())) {
        former.add(membership.identity());
      }
    }
    return new Identities(edge, keys, former);
  }

  /** The key that signed the challenge; empty if none of them did. */
  Optional<PublicKey> signer(String challenge, byte[] signature) {
    if (keys.isEmpty() && former.isEmpty()) {
      signed(NOBODY, challenge, signature);
      return Optional.empty();
    }
    return Stream.of(keys, former)
        .flatMap(Set::stream)
        .filter(key -> signed(key, challenge, signature))
        .findFirst();
  }

  private boolean signed(PublicKey key, String challenge, byte[] signature) {
    try {
      return ChallengeProof.verifies(key, edge, challenge, signature);
    } catch (IllegalArgumentException notOnCurve) {
      // A member registered 32 bytes that are no key: nobody can sign for it.
      return false;
    }
  }
}
