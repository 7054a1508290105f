package io.linkwright.command.api;

import io.linkwright.command.writer.CommandKey;
import io.linkwright.domain.id.GroupId;
import io.linkwright.edgeprotocol.ControllerKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names commands on the log, where many may read. A client's {@code Idempotency-Key} does not stand
 * there: whoever repeats a command with its key is answered as the first time, with the enrollment
 * token, too. The name is a MAC of the key under a key that only the controller has, so that it
 * cannot be guessed either. Thread-safe.
 */
public final class CommandIds {
  private static final String PURPOSE = "linkwright command ids v1";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int LENGTH_BYTES = 16;

  private final SecretKeySpec key;

  /** Names that this controller gives. */
  public CommandIds(ControllerKey controllerKey) {
    this.key = new SecretKeySpec(controllerKey.derive(PURPOSE), ALGORITHM);
  }

  /** Of a command that came without a key. */
  public String made() {
    return CommandKey.made(UUID.randomUUID());
  }

  /** Of a command that came with this key, the same at every instance and every time. */
  public String ofClientKey(GroupId group, String clientKey) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] named =
          mac.doFinal((group.value() + '\n' + clientKey).getBytes(StandardCharsets.UTF_8));
      return CommandKey.NAMED_PREFIX + HexFormat.of().formatHex(named, 0, LENGTH_BYTES);
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, absent);
    }
  }
}
