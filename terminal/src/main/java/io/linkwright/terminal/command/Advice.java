package io.linkwright.terminal.command;

import io.linkwright.domain.group.RejectionCode;
import io.linkwright.httpapi.ProblemCodes;
import io.linkwright.httpapi.client.ApiProblem;
import java.util.Map;
import java.util.Optional;

/** What to do about a refusal, where the server's words leave that to the reader. */
final class Advice {
  private static final Map<String, String> BY_CODE =
      Map.of(
          RejectionCode.UNKNOWN_GROUP.name(),
          "`linkwright groups` lists those that are there.",
          RejectionCode.UNKNOWN_MEMBER.name(),
          "`linkwright members GROUP` lists those that are there.",
          RejectionCode.UNKNOWN_LINK.name(),
          "`linkwright links GROUP` lists those that are there.",
          RejectionCode.REVISION_MISMATCH.name(),
          "Look at what was changed with `linkwright events GROUP`, then repeat with the"
              + " revision you saw last.",
          RejectionCode.LINKS_ARE_AUTOMATIC.name(),
          "`linkwright group change GROUP --topology partial-mesh` gives them into your hands.",
          ProblemCodes.IDEMPOTENCY_KEY_REUSED,
          "Another command needs another --idempotency-key.",
          ProblemCodes.UNAUTHENTICATED,
          "Set LINKWRIGHT_TOKEN, or name a file with your token: --api-token-file.",
          ProblemCodes.FORBIDDEN,
          "`linkwright whoami` says what you may do.",
          ProblemCodes.NOT_READY,
          "`linkwright health` says what the server waits for.",
          ProblemCodes.OUTCOME_UNKNOWN,
          "It may have been done: look with `linkwright events GROUP` before you repeat it.");

  private Advice() {}

  static Optional<String> on(ApiProblem problem) {
    return Optional.ofNullable(BY_CODE.get(problem.code()));
  }
}
