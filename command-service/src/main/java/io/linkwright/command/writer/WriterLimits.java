package io.linkwright.command.writer;

import java.time.Duration;

/**
 * Bounds of one partition's writer.
 *
 * @param maxQueuedCommands waiting commands; more are refused with NOT_READY
 * @param maxBatchCommands commands in one transaction
 * @param maxBatchRecords records after which a transaction takes no further command; one command
 *     alone may have more
 * @param maxReceipts commands whose key is recognized when repeated, latest first
 * @param maxReceiptBytes what these may take on the heap, roughly; the latest is kept in any case
 * @param leastReceiptAge receipts younger than this may take as much again, in number and bytes
 * @param reclaimBackoff wait before a lost partition is claimed again
 */
public record WriterLimits(
    int maxQueuedCommands,
    int maxBatchCommands,
    int maxBatchRecords,
    int maxReceipts,
    long maxReceiptBytes,
    Duration leastReceiptAge,
    Duration reclaimBackoff) {
  /** Fits a machine of two cores and more. */
  public static final WriterLimits DEFAULT =
      new WriterLimits(
          4_096, 256, 3_000, 50_000, 64L << 20, Duration.ofMinutes(10), Duration.ofMillis(250));

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException naming the key, the value and what is allowed
   */
  public WriterLimits {
    requirePositive("maxQueuedCommands", maxQueuedCommands);
    requirePositive("maxBatchCommands", maxBatchCommands);
    requirePositive("maxBatchRecords", maxBatchRecords);
    requirePositive("maxReceipts", maxReceipts);
    requirePositive("maxReceiptBytes", maxReceiptBytes);
    requireNotNegative("leastReceiptAge", leastReceiptAge);
    requireNotNegative("reclaimBackoff", reclaimBackoff);
  }

  private static void requireNotNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException("%s %s is negative".formatted(name, value));
    }
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s %d is less than 1".formatted(name, value));
    }
  }
}
