package io.linkwright.terminal.command;

import io.linkwright.httpapi.client.ApiProblem;
import java.util.Map;
import java.util.Optional;

/** What to do about a refusal, where the server's words leave that to the reader. */
final class Advice {
  private static final Map<String, String> BY_CODE =
      Map.of(
          "UNKNOWN_GROUP", "`linkwright groups` lists those that are there.",
          "UNKNOWN_MEMBER", "`linkwright members GROUP` lists those that are there.",
          "UNKNOWN_LINK", "`linkwright links GROUP` lists those that are there.",
          "REVISION_MISMATCH",
              "Look at what was changed with `linkwright events GROUP`, then repeat with the"
                  + " revision you saw last.",
          "LINKS_ARE_AUTOMATIC",
              "`linkwright group change GROUP --topology partial-mesh` gives them into your hands.",
          "IDEMPOTENCY_KEY_REUSED", "Another command needs another --idempotency-key.",
          "UNAUTHENTICATED",
              "Set LINKWRIGHT_TOKEN, or name a file with your token: --api-token-file.",
          "FORBIDDEN", "`linkwright whoami` says what you may do.",
          "NOT_READY", "`linkwright health` says what the server waits for.",
          "OUTCOME_UNKNOWN",
              "It may have been done: look with `linkwright events GROUP` before you repeat it.");

  private Advice() {}

  static Optional<String> on(ApiProblem problem) {
    return Optional.ofNullable(BY_CODE.get(problem.code()));
  }
}
