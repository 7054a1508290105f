package io.linkwright.cli.importing;

import io.linkwright.cli.client.ApiCommand;
import io.linkwright.domain.GroupId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Idempotency keys that follow from what is sent and from the revision it was planned on: the same
 * step of the same import counts once, and importing again after somebody removed a member is
 * another step.
 */
record CommandKeys(GroupId group, long plannedOn) {
  private static final int DIGEST_BYTES = 16;

  ApiCommand keyed(ApiCommand command) {
    String identity =
        "%s %d %s %s %s"
            .formatted(
                group,
                plannedOn,
                command.method(),
                command.path(),
                command.body().map(Object::toString).orElse(""));
    byte[] digest = sha256().digest(identity.getBytes(StandardCharsets.UTF_8));
    return command.withKey("import-" + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
