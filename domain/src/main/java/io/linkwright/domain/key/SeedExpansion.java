package io.linkwright.domain.key;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives independent keys from a command's seed: the expand step of HKDF-SHA256 (RFC 5869). The
 * extract step is left out because the seed is uniformly random (RFC 5869 section 3.3).
 */
public final class SeedExpansion {
  private static final String ALGORITHM = "HKDF-SHA256";

  private SeedExpansion() {}

  /** {@code lengthBytes} bytes, at most 8,160, that only the seed's owner can derive again. */
  public static byte[] expand(KeySeed seed, Label info, int lengthBytes) {
    byte[] secret = seed.bytes();
    try {
      return KDF.getInstance(ALGORITHM)
          .deriveData(
              HKDFParameterSpec.expandOnly(
                  new SecretKeySpec(secret, "Generic"), info.bytes(), lengthBytes));
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("every JDK from 25 has " + ALGORITHM, absent);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** What an expansion is for: a purpose and fields, encoded so that no two uses are alike. */
  public static final class Label {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Label() {}

    public static Label of(String purpose) {
      return new Label().with(purpose);
    }

    public Label with(String text) {
      byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
      with(encoded.length);
      bytes.writeBytes(encoded);
      return this;
    }

    public Label with(int number) {
      for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
        bytes.write(number >>> shift); // the lowest byte of it
      }
      return this;
    }

    private byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
