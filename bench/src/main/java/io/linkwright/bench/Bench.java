package io.linkwright.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.standalone.run.AllInOne;
import io.linkwright.standalone.run.AllInOneConfig;
import io.linkwright.standalone.run.DataDirectory;
import io.linkwright.standalone.run.RunException;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * Measures Linkwright and the raw floor in one run of one process, one part after the other. Used
 * by one thread.
 */
public final class Bench {
  static final int SMALL_GROUP = 100;
  static final int LARGE_GROUP = 10_000;

  private final BenchSettings settings;
  private final PrintWriter progress;

  /** Says on {@code progress} which part it is at. */
  public Bench(BenchSettings settings, PrintWriter progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Runs all parts.
   *
   * @return the figures, for programs; {@link BenchReport} makes them readable
   * @throws RunException if Linkwright does not start
   * @throws InterruptedException if the process is told to stop
   */
  public ObjectNode run(DataDirectory data) throws RunException, IOException, InterruptedException {
    say("starting the broker and the services");
    try (AllInOne run = AllInOne.start(AllInOneConfig.onFreePorts(), data)) {
      say(
          "latency: %d connected edges, %d links a second"
              .formatted(BenchSettings.EDGES, settings.linksPerSecond()));
      LinkLatencyRun.Result latency =
          new LinkLatencyRun(settings, run, data.simulatedEdges(), warmUp()).run();
      LinkRecords records =
          LinkRecords.of(
              run.bootstrapServers(),
              latency.group(),
              latency.last(),
              AllInOne.LAYOUT.partitions());
      FloorFigures floor = floor(run, records);
      say("throughput: single requests, then batches");
      ThroughputRun.Result throughput =
          new ThroughputRun(run.httpPort(), warmUp(), settings.measured()).run();
      say("group size: %,d against %,d members".formatted(SMALL_GROUP, LARGE_GROUP));
      GroupSizeRun.Result size = new GroupSizeRun(run.httpPort(), SMALL_GROUP, LARGE_GROUP).run();
      return new BenchFigures(settings, latency, records, floor, throughput, size).json();
    }
  }

  private WarmUp warmUp() {
    return new WarmUp(settings.warmUpLimit(), progress);
  }

  private FloorFigures floor(AllInOne run, LinkRecords records)
      throws IOException, InterruptedException {
    say("raw Kafka floor: the same records, nothing else");
    try (KafkaFloor floor =
        new KafkaFloor(run.bootstrapServers(), records, AllInOne.LAYOUT.partitions())) {
      Latencies latencies =
          floor.latencies(settings.linksPerSecond(), warmUp(), settings.measured());
      double single =
          floor.changesPerSecond(ThroughputRun.IN_FLIGHT, warmUp(), settings.measured());
      double batched =
          floor.changesPerSecond(ThroughputRun.BATCH_LINKS, warmUp(), settings.measured());
      return new FloorFigures(latencies, single, batched);
    }
  }

  private void say(String what) {
    progress.println("bench: " + what);
    progress.flush();
  }
}
