package io.linkwright.cli.sending;

import io.linkwright.domain.id.GroupId;
import io.linkwright.httpapi.client.ApiCommand;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What every command of a plan carries: who asks, and an idempotency key that follows from what is
 * sent and from the revision it was planned on. So the same step of the same plan counts once, and
 * the same step after somebody has undone it is another.
 *
 * @param purpose begins the keys, so that the log tells what a command was part of
 * @param plannedOn the group's revision when the plan was made
 * @param actor who asks, for the log
 */
public record CommandStamps(String purpose, GroupId group, long plannedOn, Optional<String> actor) {
  private static final int DIGEST_BYTES = 16;

  /** The command with its key and its actor. */
  public ApiCommand stamped(ApiCommand command) {
    String identity =
        "%s %d %s %s %s"
            .formatted(
                group,
                plannedOn,
                command.method(),
                command.path(),
                command.body().map(Object::toString).orElse(""));
    byte[] digest = sha256().digest(identity.getBytes(StandardCharsets.UTF_8));
    ApiCommand keyed =
        command.withKey(purpose + "-" + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES));
    return actor.map(keyed::withActor).orElse(keyed);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
