package io.linkwright.httpapi.receipt;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;

/** A receipt of what would be: nothing was written. */
public record DryRunReceipt(@JsonUnwrapped CommandReceipt receipt, boolean dryRun) {
  private static final String MARK = "dryRun";

  /** What {@code receipt} says would be. */
  public static DryRunReceipt of(CommandReceipt receipt) {
    return new DryRunReceipt(receipt, true);
  }

  /** Whether an answer is of a dry run. */
  public static boolean isOne(JsonNode answer) {
    return answer.path(MARK).asBoolean();
  }
}
