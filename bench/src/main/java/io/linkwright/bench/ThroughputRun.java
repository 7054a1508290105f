package io.linkwright.bench;

import io.linkwright.domain.id.GroupId;
import java.io.IOException;
import java.time.Duration;
import java.util.function.IntFunction;

/** How many links a second go through, as single requests and as batches, sealed and signed. */
final class ThroughputRun {
  /** Links of one batch. */
  static final int BATCH_LINKS = 500;

  /** Requests on their way at a time. */
  static final int IN_FLIGHT = 64;

  /** Batches on their way at a time: one is being written while the next is being read. */
  private static final int BATCHES_IN_FLIGHT = 4;

  /** Enough for every link of both parts to be a new one. */
  private static final int MEMBERS = 2_000;

  private final int httpPort;
  private final WarmUp warmUp;
  private final Duration measured;

  /** The next link, or batch of links, that is not there yet. */
  private int next;

  ThroughputRun(int httpPort, WarmUp warmUp, Duration measured) {
    this.httpPort = httpPort;
    this.warmUp = warmUp;
    this.measured = measured;
  }

  /** Links a second. */
  record Result(double single, double batched) {}

  Result run() throws IOException, InterruptedException {
    LinkPairs pairs = new LinkPairs(MEMBERS);
    BenchGroup group;
    double single;
    try (LoadClient load = new LoadClient(httpPort, IN_FLIGHT)) {
      group = BenchGroup.create(load, new GroupId("throughput"), MEMBERS);
      int links = pairs.count() - BATCH_LINKS;
      IntFunction<byte[]> addLink = link -> group.addLink(pairs, link);
      warmUp.run(duration -> next = load.sendFor(duration, next, links, addLink).next());
      LoadClient.Run run = load.sendFor(measured, next, links, addLink);
      next = run.next();
      single = run.perSecond();
    }
    next = next / BATCH_LINKS + 1;
    try (LoadClient load = new LoadClient(httpPort, BATCHES_IN_FLIGHT)) {
      int batches = pairs.count() / BATCH_LINKS;
      IntFunction<byte[]> addLinks =
          batch -> group.addLinks(pairs, batch * BATCH_LINKS, BATCH_LINKS);
      warmUp.run(duration -> next = load.sendFor(duration, next, batches, addLinks).next());
      LoadClient.Run run = load.sendFor(measured, next, batches, addLinks);
      return new Result(single, run.perSecond() * BATCH_LINKS);
    }
  }
}
