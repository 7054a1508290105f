package io.linkwright.command.api;

import io.linkwright.domain.group.Rejection;
import io.linkwright.domain.group.RejectionCode;
import io.linkwright.http.Problem;
import io.linkwright.httpapi.answer.ProblemAnswer;
import java.time.Duration;
import java.util.Optional;

/** Refusals of the domain as problems. */
final class RejectionProblems {
  /** Time in which some of a device's budget has come back. */
  private static final Duration RENEWAL_RETRY_AFTER = Duration.ofMinutes(2);

  private RejectionProblems() {}

  static Problem of(Rejection rejection) {
    return new Problem(
        status(rejection),
        rejection.code().name(),
        rejection.detail(),
        rejection.field(),
        rejection.items().stream()
            .map(item -> new ProblemAnswer.Item(item.field(), item.code().name(), item.detail()))
            .toList(),
        rejection.code() == RejectionCode.RENEWAL_LIMIT
            ? Optional.of(RENEWAL_RETRY_AFTER)
            : Optional.empty());
  }

  /** What the path names and is not there is 404; what the body names and is not there, 422. */
  private static int status(Rejection rejection) {
    return switch (rejection.code()) {
      case INVALID_REQUEST -> 400;
      case TOKEN_INVALID, PROOF_INVALID -> 403;
      case UNKNOWN_GROUP, UNKNOWN_MEMBER, UNKNOWN_LINK -> rejection.field().isPresent() ? 422 : 404;
      case GROUP_EXISTS,
          MEMBER_EXISTS,
          LINK_EXISTS,
          LINKS_ARE_AUTOMATIC,
          SUBNETS_OVERLAP,
          ADDRESS_POOL_EXHAUSTED,
          TOKEN_USED,
          MEMBER_ENROLLED,
          KEYS_REVOKED,
          KEYS_IN_USE ->
          409;
      case TOKEN_EXPIRED -> 410;
      case REVISION_MISMATCH -> 412;
      case LINK_TO_SELF, LIMIT_EXCEEDED -> 422;
      case RENEWAL_LIMIT -> 429;
      case GROUP_DAMAGED -> 503;
    };
  }
}
