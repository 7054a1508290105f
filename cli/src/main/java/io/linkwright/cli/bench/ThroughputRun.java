package io.linkwright.cli.bench;

import io.linkwright.domain.GroupId;
import java.io.IOException;
import java.time.Duration;

/** How many links a second go through, as single requests and as batches, sealed and signed. */
final class ThroughputRun {
  /** Links of one batch. */
  static final int BATCH_LINKS = 500;

  /** Requests on their way at a time. */
  static final int IN_FLIGHT = 64;

  /** Batches on their way at a time: one is being written while the next is being read. */
  private static final int BATCHES_IN_FLIGHT = 4;

  /** Enough for every link of both parts to be a new one. */
  private static final int MEMBERS = 1_000;

  private final int httpPort;
  private final Duration warmUp;
  private final Duration measured;

  ThroughputRun(int httpPort, Duration warmUp, Duration measured) {
    this.httpPort = httpPort;
    this.warmUp = warmUp;
    this.measured = measured;
  }

  /** Links a second. */
  record Result(double single, double batched) {}

  Result run() throws IOException, InterruptedException {
    LinkPairs pairs = new LinkPairs(MEMBERS);
    BenchGroup group;
    LoadClient.Run single;
    try (LoadClient load = new LoadClient(httpPort, IN_FLIGHT)) {
      group = BenchGroup.create(load, new GroupId("throughput"), MEMBERS);
      LoadClient.Run warm =
          load.sendFor(warmUp, 0, pairs.count(), link -> group.addLink(pairs, link));
      single =
          load.sendFor(measured, warm.next(), pairs.count(), link -> group.addLink(pairs, link));
    }
    int firstBatch = single.next() / BATCH_LINKS + 1;
    int batches = pairs.count() / BATCH_LINKS;
    try (LoadClient load = new LoadClient(httpPort, BATCHES_IN_FLIGHT)) {
      LoadClient.Run batched =
          load.sendFor(
              measured,
              firstBatch,
              batches,
              batch -> group.addLinks(pairs, batch * BATCH_LINKS, BATCH_LINKS));
      return new Result(single.perSecond(), batched.perSecond() * BATCH_LINKS);
    }
  }
}
