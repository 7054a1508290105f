package io.linkwright.edgeprotocol;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.link.LinkSecrets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;

/**
 * Seals a link's secrets so that one edge, in one group, opens them. The costly encapsulation is
 * made once for each edge, group and term; a term ends by age, by count, or when the edge has
 * another key.
 *
 * <p>Owned by one thread at a time: each writer of a partition has its own, and since a group lives
 * on one partition no term is made twice.
 */
public final class SecretSealer {
  private final SealingLimits limits;
  private final InstantSource clock;
  private final Cipher cipher = SealingSuite.newCipher();
  private final Map<TermKey, SealingTerm> terms = new LeastRecentlyUsed();

  private record TermKey(GroupId group, EdgeId edge) {}

  /** With the default bounds and the system's clock. */
  public SecretSealer() {
    this(SealingLimits.DEFAULT, InstantSource.system());
  }

  /** With these bounds. */
  public SecretSealer(SealingLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Seals for one edge: some 200 µs for the first of a term, a few µs for the others.
   *
   * @param sealingKey the edge's, see {@link MemberKeyCheck}
   * @throws IllegalArgumentException if {@code sealingKey} is no X-Wing public key
   */
  public SealedSecrets seal(GroupId group, EdgeId edge, PublicKey sealingKey, LinkSecrets secrets) {
    SealingTerm term = term(new TermKey(group, edge), sealingKey);
    byte[] nonce = term.nextNonce();
    return new SealedSecrets(
        SealingSuite.LABEL,
        secrets.keyVersion(),
        term.encapsulation().encapsulatedKey(),
        nonce,
        wrap(term, nonce, secrets));
  }

  private SealingTerm term(TermKey key, PublicKey sealingKey) {
    Instant now = clock.instant();
    SealingTerm current = terms.get(key);
    if (current != null && current.serves(sealingKey, now, limits)) {
      return current;
    }
    SealingTerm next =
        new SealingTerm(
            sealingKey, SealingSuite.encapsulate(key.group(), key.edge(), sealingKey), now);
    terms.put(key, next);
    return next;
  }

  private byte[] wrap(SealingTerm term, byte[] nonce, LinkSecrets secrets) {
    byte[] plain = SecretsEncoding.encode(secrets.tunnels());
    try {
      cipher.init(
          Cipher.ENCRYPT_MODE, term.encapsulation().wrapKey(), SealingSuite.parameters(nonce));
      cipher.updateAAD(SealingSuite.additionalData(secrets.link(), secrets.keyVersion()));
      return cipher.doFinal(plain);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("sealing " + secrets.link(), impossible);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private final class LeastRecentlyUsed extends LinkedHashMap<TermKey, SealingTerm> {
    LeastRecentlyUsed() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<TermKey, SealingTerm> eldest) {
      return size() > limits.maxTerms();
    }
  }
}
