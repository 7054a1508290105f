package io.linkwright.edgeprotocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.key.PublicKey;
import io.linkwright.domain.link.Tunnel;
import io.linkwright.domain.link.TunnelProtocol;
import io.linkwright.domain.member.MemberKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;

/**
 * An edge's own keys, made on it and never sent: Ed25519 identity, X-Wing sealing key, and an
 * X25519 key for each WireGuard tunnel index. On disk they are one JSON file, readable by its owner
 * only. Immutable and thread-safe.
 */
public final class EdgeKeys {
  private static final String TYPE = "edge-keys";
  private static final int VERSION = 1;
  private static final int SEED_LENGTH_BYTES = 32;

  private final Ed25519PrivateKeyParameters identity;
  private final byte[] sealingSeed;
  private final AsymmetricCipherKeyPair sealing;
  private final List<X25519PrivateKeyParameters> wireGuard;
  private final MemberKeys publicKeys;

  private EdgeKeys(byte[] identitySeed, byte[] sealingSeed, List<byte[]> wireGuardKeys) {
    this.identity = new Ed25519PrivateKeyParameters(identitySeed);
    this.sealingSeed = sealingSeed;
    this.sealing = SealingSuite.keyPair(sealingSeed);
    this.wireGuard = wireGuardKeys.stream().map(X25519PrivateKeyParameters::new).toList();
    this.publicKeys =
        new MemberKeys(
            PublicKey.ofBytes(identity.generatePublicKey().getEncoded()),
            SealingSuite.publicKey(sealing),
            wireGuard.stream()
                .map(key -> PublicKey.ofBytes(key.generatePublicKey().getEncoded()))
                .toList());
  }

  /** New keys, for groups of either protocol. */
  public static EdgeKeys generate() {
    return generate(new SecureRandom());
  }

  /** New keys from this source of randomness. */
  static EdgeKeys generate(SecureRandom random) {
    List<byte[]> wireGuard = new ArrayList<>();
    for (int index = 0; index < Tunnel.MAX_PER_LINK; index++) {
      wireGuard.add(new X25519PrivateKeyParameters(random).getEncoded());
    }
    byte[] identity = new byte[SEED_LENGTH_BYTES];
    byte[] sealing = new byte[SEED_LENGTH_BYTES];
    random.nextBytes(identity);
    random.nextBytes(sealing);
    return new EdgeKeys(identity, sealing, wireGuard);
  }

  /**
   * The keys in the file; new ones in a new file if there is none.
   *
   * @throws java.io.UncheckedIOException if the file cannot be read or written, is open to others
   *     or holds something else
   */
  public static EdgeKeys loadOrCreate(Path file) {
    return parsed(file, PrivateFiles.readOrCreate(file, () -> generate().toJson()));
  }

  /**
   * The keys in the file, which must be there.
   *
   * @throws java.io.UncheckedIOException if the file cannot be read, is open to others or holds
   *     something else
   */
  public static EdgeKeys load(Path file) {
    try {
      return parsed(file, PrivateFiles.read(file));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static EdgeKeys parsed(Path file, byte[] json) {
    try {
      return ofJson(json);
    } catch (ProtocolException malformed) {
      throw PrivateFiles.unusable(file, malformed.getMessage());
    }
  }

  /** What the edge registers in a WireGuard group, and what an IPsec group's edge leaves unused. */
  public MemberKeys publicKeys() {
    return publicKeys;
  }

  /** What the edge registers when it enrolls in a group of this protocol. */
  public MemberKeys publicKeysFor(TunnelProtocol protocol) {
    return switch (protocol) {
      case WIREGUARD -> publicKeys;
      case IPSEC -> new MemberKeys(publicKeys.identity(), publicKeys.sealing(), List.of());
    };
  }

  /** The answer to a challenge, see {@link ChallengeProof}. */
  public byte[] signChallenge(EdgeId edge, String nonce) {
    return Ed25519Keys.sign(identity, ChallengeProof.signed(edge, nonce));
  }

  /** Proof that this edge asks for new keys. */
  public byte[] sign(KeyRenewal renewal) {
    return Ed25519Keys.sign(identity, renewal.signed());
  }

  /**
   * A copy of the raw private key of a WireGuard interface, for the driver that installs it.
   *
   * @throws IndexOutOfBoundsException if no tunnel has this index
   */
  public byte[] wireGuardPrivateKey(int tunnelIndex) {
    return wireGuard.get(tunnelIndex).getEncoded();
  }

  AsymmetricCipherKeyPair sealing() {
    return sealing;
  }

  private byte[] toJson() {
    return Json.object(
        json -> {
          json.writeStringField("type", TYPE);
          json.writeNumberField("version", VERSION);
          json.writeBinaryField("identity", identity.getEncoded());
          json.writeBinaryField("sealing", sealingSeed);
          json.writeArrayFieldStart("wireGuard");
          for (X25519PrivateKeyParameters key : wireGuard) {
            json.writeBinary(key.getEncoded());
          }
          json.writeEndArray();
        });
  }

  static EdgeKeys ofJson(byte[] json) throws ProtocolException {
    JsonFields fields = Json.read(json, ProtocolLimits.MAX_DOCUMENT_BYTES);
    if (!fields.text("type").equals(TYPE) || fields.number("version") != VERSION) {
      throw new ProtocolException("not edge keys of version " + VERSION);
    }
    List<byte[]> wireGuard = fields.values("wireGuard", Tunnel.MAX_PER_LINK, EdgeKeys::key);
    if (wireGuard.size() != Tunnel.MAX_PER_LINK) {
      throw fields.refusal("wireGuard", "has not a key for each tunnel index");
    }
    EdgeKeys keys =
        new EdgeKeys(
            fields.value("identity", EdgeKeys::key),
            fields.value("sealing", EdgeKeys::key),
            wireGuard);
    fields.requireNothingElse();
    return keys;
  }

  /** Says nothing of the text: it is secret even when it is malformed. */
  private static byte[] key(String base64) {
    byte[] ascii = base64.getBytes(UTF_8);
    try {
      byte[] key = Base64.getDecoder().decode(ascii);
      if (key.length == SEED_LENGTH_BYTES) {
        return key;
      }
    } catch (IllegalArgumentException notBase64) {
      throw new IllegalArgumentException("not a key: no base64", notBase64);
    }
    throw new IllegalArgumentException("not a key: %d bytes needed".formatted(SEED_LENGTH_BYTES));
  }

  @Override
  public String toString() {
    return "EdgeKeys[" + publicKeys.identity() + ", redacted]";
  }
}
