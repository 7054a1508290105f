package io.linkwright.standalone.demo;

import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.LinkId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Times a link from the request until both of its edges run it. One request at a time, so this is
 * the time an operator waits; what the system does under load is the bench's to say.
 */
final class LatencyStep {
  private static final int WARM_UP = 100;
  private static final int MEASURED = 200;
  private static final double NANOS_PER_MS = 1e6;

  /** A pair of the network that is not linked, so that it can be linked and unlinked. */
  private static final LinkId SPARE = LinkId.between(new EdgeId("new-york"), new EdgeId("seattle"));

  private final DemoOutput narrator;
  private final GroupApi group;
  private final AppliedChanges witness;
  private final Deadline deadline;

  LatencyStep(DemoOutput narrator, GroupApi group, AppliedChanges witness, Deadline deadline) {
    this.narrator = narrator;
    this.group = group;
    this.witness = witness;
    this.deadline = deadline;
  }

  void run() throws InterruptedException {
    narrator.step("How long does a link take to its two edges?");
    for (int i = 0; i < WARM_UP; i++) {
      oneLink();
    }
    List<Long> elapsed = new ArrayList<>();
    for (int i = 0; i < MEASURED; i++) {
      elapsed.add(oneLink());
    }
    long[] nanos = elapsed.stream().mapToLong(Long::longValue).sorted().toArray();
    narrator.say(
        String.format(
            Locale.ROOT,
            "from sending POST until both ends have applied it, %d links one after the other:%n"
                + "p50 %.1f ms   p90 %.1f ms   p99 %.1f ms   max %.1f ms",
            nanos.length,
            percentile(nanos, 50),
            percentile(nanos, 90),
            percentile(nanos, 99),
            percentile(nanos, 100)));
    narrator.check(nanos.length == MEASURED, "every one of them reached both ends");
  }

  /** Adds the spare link, waits until both ends have it, removes it, waits again. */
  private long oneLink() throws InterruptedException {
    witness.startAfresh();
    long sentNanos = System.nanoTime();
    group.add(SPARE);
    long arrivedNanos = awaitBothEnds();
    witness.startAfresh();
    group.remove(SPARE);
    awaitBothEnds();
    return arrivedNanos - sentNanos;
  }

  private long awaitBothEnds() throws InterruptedException {
    Map<LinkId, Long> arrived = new HashMap<>();
    deadline.await(
        "the link reaching both ends",
        () -> {
          arrived.putAll(witness.atBothEnds(List.of(SPARE)));
          return arrived.containsKey(SPARE);
        });
    return arrived.get(SPARE);
  }

  private static double percentile(long[] sortedNanos, int percent) {
    int index = (int) Math.ceil(sortedNanos.length * percent / 100.0) - 1;
    return sortedNanos[Math.max(0, index)] / NANOS_PER_MS;
  }
}
