package io.linkwright.command.writer;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * The receipts of a partition's latest commands by key. Follows from the log alone, so that a key
 * repeated after a restart or at another owner is recognized all the same. Only commands that wrote
 * something are in it: a refused one did nothing, and its repeat is decided anew. Owned by the
 * writer's thread.
 */
final class ReceiptWindow {
  /** How far the bounds are passed for receipts below the least age. */
  private static final int YOUNG_FACTOR = 2;

  private final int maxReceipts;
  private final long maxBytes;
  private final Duration leastAge;
  private final LinkedHashMap<CommandKey, Receipt> receipts = new LinkedHashMap<>();

  private long bytes;

  ReceiptWindow(int maxReceipts, long maxBytes, Duration leastAge) {
    this.maxReceipts = maxReceipts;
    this.maxBytes = maxBytes;
    this.leastAge = leastAge;
  }

  Optional<Receipt> find(CommandKey key) {
    return Optional.ofNullable(receipts.get(key));
  }

  /**
   * Keeps a receipt and forgets the oldest beyond the bounds. Those below the least age, by the
   * times on the log, may take as much again; the newest is kept however large it is. Keys nobody
   * can repeat are not kept.
   */
  void put(CommandKey key, Receipt receipt) {
    if (!key.isRepeatable()) {
      return;
    }
    Receipt before = receipts.putLast(key, receipt);
    bytes += receipt.sizeBytes() - (before == null ? 0 : before.sizeBytes());
    Instant young = receipt.at().minus(leastAge);
    while (receipts.size() > 1
        && isBeyond(receipts.firstEntry().getValue().at().isAfter(young) ? YOUNG_FACTOR : 1)) {
      bytes -= receipts.pollFirstEntry().getValue().sizeBytes();
    }
  }

  private boolean isBeyond(int factor) {
    return receipts.size() > factor * maxReceipts || bytes > factor * maxBytes;
  }
}
