package io.linkwright.bench;

import com.sun.management.OperatingSystemMXBean;
import io.linkwright.domain.id.GroupId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a link costs more in a large group. The same links between the same hundred members are
 * added and removed in a small and in a large group by turns, so that whatever else the machine
 * does falls on both.
 */
final class GroupSizeRun {
  private static final int ROUNDS = 7;
  private static final int LINKS_PER_ROUND = 2_000;
  private static final int BATCH_LINKS = 500;

  private final int httpPort;
  private final int smallMembers;
  private final int largeMembers;
  private final OperatingSystemMXBean machine =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  GroupSizeRun(int httpPort, int smallMembers, int largeMembers) {
    this.httpPort = httpPort;
    this.smallMembers = smallMembers;
    this.largeMembers = largeMembers;
  }

  /**
   * Cost of a link, medians over the rounds.
   *
   * @param cpuMicros processor time of the whole process: all services, the broker and the load
   * @param wallMicros elapsed time until the answers came and the view showed the last link
   */
  record Cost(double cpuMicros, double wallMicros) {}

  /** Costs in both groups. */
  record Result(Cost small, Cost large) {
    double cpuRatio() {
      return large.cpuMicros() / small.cpuMicros();
    }

    double wallRatio() {
      return large.wallMicros() / small.wallMicros();
    }
  }

  Result run() throws IOException, InterruptedException {
    try (LoadClient load = new LoadClient(httpPort, ThroughputRun.IN_FLIGHT)) {
      BenchGroup small = BenchGroup.create(load, new GroupId("size-small"), smallMembers);
      BenchGroup large = BenchGroup.create(load, new GroupId("size-large"), largeMembers);
      List<Cost> inSmall = new ArrayList<>();
      List<Cost> inLarge = new ArrayList<>();
      for (int round = 0; round <= ROUNDS; round++) {
        Cost costInSmall = round(load, small);
        Cost costInLarge = round(load, large);
        boolean warmUp = round == 0;
        if (!warmUp) {
          inSmall.add(costInSmall);
          inLarge.add(costInLarge);
        }
      }
      return new Result(median(inSmall), median(inLarge));
    }
  }

  private Cost round(LoadClient load, BenchGroup group) throws IOException, InterruptedException {
    LinkPairs pairs = new LinkPairs(smallMembers);
    long cpuNanos = machine.getProcessCpuTime();
    long startNanos = System.nanoTime();
    load.sendAll(0, LINKS_PER_ROUND, link -> group.addLink(pairs, link));
    View.awaitCurrent(load, group.id());
    long wallNanos = System.nanoTime() - startNanos;
    cpuNanos = machine.getProcessCpuTime() - cpuNanos;
    load.sendAll(
        0,
        LINKS_PER_ROUND / BATCH_LINKS,
        batch -> group.removeLinks(pairs, batch * BATCH_LINKS, BATCH_LINKS));
    View.awaitCurrent(load, group.id());
    return new Cost(cpuNanos / 1e3 / LINKS_PER_ROUND, wallNanos / 1e3 / LINKS_PER_ROUND);
  }

  private static Cost median(List<Cost> costs) {
    return new Cost(
        costs.stream().mapToDouble(Cost::cpuMicros).sorted().toArray()[costs.size() / 2],
        costs.stream().mapToDouble(Cost::wallMicros).sorted().toArray()[costs.size() / 2]);
  }
}
