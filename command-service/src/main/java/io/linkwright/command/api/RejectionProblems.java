package io.linkwright.command.api;

import io.linkwright.domain.Rejection;
import io.linkwright.http.Problem;
import java.util.Optional;

/** Refusals of the domain as problems. */
final class RejectionProblems {
  private RejectionProblems() {}

  static Problem of(Rejection rejection) {
    return new Problem(
        status(rejection),
        rejection.code().name(),
        rejection.detail(),
        rejection.field(),
        rejection.items().stream()
            .map(item -> new Problem.Item(item.code().name(), item.detail(), item.field()))
            .toList(),
        Optional.empty());
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
          KEYS_REVOKED ->
          409;
      case TOKEN_EXPIRED -> 410;
      case REVISION_MISMATCH -> 412;
      case LINK_TO_SELF, LIMIT_EXCEEDED -> 422;
      case GROUP_DAMAGED -> 503;
    };
  }
}
