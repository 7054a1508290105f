package io.linkwright.edgeprotocol;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.key.SealedSecrets;
import io.linkwright.domain.link.LinkSecrets;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * Opens on an edge what was sealed for it. Keeps the keys of the last {@link #MAX_TERMS} terms, so
 * that only the first blob of a term costs a decapsulation. Owned by one thread at a time.
 */
public final class SecretOpener {
  /** Terms whose keys are kept. */
  public static final int MAX_TERMS = 256;

  private final EdgeKeys keys;
  private final Map<Term, SecretKey> opened = new LeastRecentlyUsed();

  private record Term(GroupId group, EdgeId edge, ByteBuffer encapsulatedKey) {}

  /** For the edge that has these keys. */
  public SecretOpener(EdgeKeys keys) {
    this.keys = keys;
  }

  /**
   * Opens a link's secrets.
   *
   * @throws ProtocolException if they were sealed for another edge, group, link or key version, or
   *     altered since: which of these cannot be told
   */
  public LinkSecrets open(GroupId group, EdgeId edge, LinkId link, SealedSecrets sealed)
      throws ProtocolException {
    if (!sealed.suite().equals(SealingSuite.LABEL)) {
      throw new ProtocolException("secrets are sealed with a suite that is not known");
    }
    if (sealed.nonce().length != SealingSuite.NONCE_LENGTH_BYTES) {
      throw new ProtocolException(
          "a nonce has %d bytes".formatted(SealingSuite.NONCE_LENGTH_BYTES));
    }
    byte[] plain = unwrap(wrapKey(group, edge, sealed), link, sealed);
    try {
      return new LinkSecrets(link, sealed.keyVersion(), SecretsEncoding.decode(plain));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private SecretKey wrapKey(GroupId group, EdgeId edge, SealedSecrets sealed)
      throws ProtocolException {
    Term term = new Term(group, edge, ByteBuffer.wrap(sealed.encapsulatedKey()));
    SecretKey known = opened.get(term);
    if (known != null) {
      return known;
    }
    SecretKey key = SealingSuite.decapsulate(group, edge, keys.sealing(), sealed.encapsulatedKey());
    opened.put(term, key);
    return key;
  }

  private static byte[] unwrap(SecretKey key, LinkId link, SealedSecrets sealed)
      throws ProtocolException {
    try {
      Cipher cipher = SealingSuite.newCipher();
      cipher.init(Cipher.DECRYPT_MODE, key, SealingSuite.parameters(sealed.nonce()));
      cipher.updateAAD(SealingSuite.additionalData(link, sealed.keyVersion()));
      return cipher.doFinal(sealed.ciphertext());
    } catch (GeneralSecurityException doesNotOpen) {
      throw new ProtocolException(
          "the secrets of %s do not open: altered, or sealed for another".formatted(link),
          doesNotOpen);
    }
  }

  private static final class LeastRecentlyUsed extends LinkedHashMap<Term, SecretKey> {
    LeastRecentlyUsed() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Term, SecretKey> eldest) {
      return size() > MAX_TERMS;
    }
  }
}
