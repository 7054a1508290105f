package io.linkwright.edgeprotocol;

import io.linkwright.domain.key.PublicKey;
import io.linkwright.edgeprotocol.SealingSuite.Encapsulation;
import java.nio.ByteBuffer;
import java.time.Instant;

/** One encapsulation to one edge in one group, and how much was sealed under it. */
final class SealingTerm {
  private final PublicKey sealingKey;
  private final Encapsulation encapsulation;
  private final Instant madeAt;
  private int sealed;

  SealingTerm(PublicKey sealingKey, Encapsulation encapsulation, Instant madeAt) {
    this.sealingKey = sealingKey;
    this.encapsulation = encapsulation;
    this.madeAt = madeAt;
  }

  boolean serves(PublicKey key, Instant now, SealingLimits limits) {
    return sealed < limits.maxSealed()
        && now.isBefore(madeAt.plus(limits.maxAge()))
        && sealingKey.equals(key);
  }

  Encapsulation encapsulation() {
    return encapsulation;
  }

  /** A counter: the key is this term's alone, so no nonce is ever used twice under it. */
  byte[] nextNonce() {
    return ByteBuffer.allocate(SealingSuite.NONCE_LENGTH_BYTES).putInt(0).putLong(sealed++).array();
  }
}
