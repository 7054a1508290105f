package io.linkwright.command.api;

import io.linkwright.command.writer.Receipt.Invitee;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.member.Enrollment;
import io.linkwright.domain.member.EnrollmentToken;
import io.linkwright.domain.member.Member;
import io.linkwright.edgeprotocol.ControllerKey;
import io.linkwright.edgeprotocol.ControllerPublicKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes enrollment tokens: a MAC over the command that asks for one, under a key that only the
 * controller has. Whoever repeats the command with its {@code Idempotency-Key} is answered with the
 * same token, by any instance, and nobody keeps it. Thread-safe.
 */
public final class EnrollmentTokens {
  private static final String PURPOSE = "linkwright enrollment tokens v1";
  private static final String ALGORITHM = "HmacSHA256";

  /** No id and no key has it, so no two commands are spelled alike. */
  private static final char SEPARATOR = '\n';

  private final SecretKeySpec key;
  private final ControllerPublicKey controller;

  /** Tokens of the controller that has this key. */
  public EnrollmentTokens(ControllerKey controllerKey) {
    this.key = new SecretKeySpec(controllerKey.derive(PURPOSE), ALGORITHM);
    this.controller = controllerKey.publicKey();
  }

  /** The token that this command makes. */
  EnrollmentToken of(GroupId group, EdgeId edge, String commandId) {
    String command = group.value() + SEPARATOR + edge.value() + SEPARATOR + commandId;
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return EnrollmentToken.of(
          controller.keyId(), mac.doFinal(command.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, absent);
    }
  }

  /** The token that this command made for the member; empty if another one counts, or none. */
  Optional<EnrollmentToken> shown(GroupId group, Member member, String commandId) {
    return member.enrollment().orElse(null) instanceof Enrollment.Invited invited
        ? shown(group, new Invitee(member.edge(), invited), commandId)
        : Optional.empty();
  }

  /** The same for a member that is known to have a token. */
  Optional<EnrollmentToken> shown(GroupId group, Invitee invitee, String commandId) {
    EnrollmentToken token = of(group, invitee.edge(), commandId);
    return Optional.of(token).filter(made -> invitee.enrollment().token().matches(made.hash()));
  }

  /** What devices pin when they enroll. */
  ControllerPublicKey controller() {
    return controller;
  }
}
