package io.linkwright.bench;

import io.linkwright.agent.AgentListener;
import io.linkwright.agent.AgentTimings;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.simulator.SimulatedEdges;
import io.linkwright.standalone.run.AllInOne;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long a link takes from the moment its request was due until both of its edges run it, at a
 * fixed rate, with edges that are connected over WebSockets. Used by one thread; the edges report
 * from theirs.
 */
final class LinkLatencyRun {
  private static final int CONNECTIONS = 128;

  /** Links that are added and removed again while warming up, after those that are measured. */
  static final int WARM_UP_LINKS = 8_000;

  private static final int WARM_UP_CONNECTIONS = 16;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration ARRIVAL_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(10);

  private final BenchSettings settings;
  private final AllInOne run;
  private final Path directory;
  private final WarmUp warmUp;
  private final BothEnds<LinkId> applied = new BothEnds<>();
  private final Set<EdgeId> connected = ConcurrentHashMap.newKeySet();
  private final Latencies answered = new Latencies();

  LinkLatencyRun(BenchSettings settings, AllInOne run, Path directory, WarmUp warmUp) {
    this.settings = settings;
    this.run = run;
    this.directory = directory;
    this.warmUp = warmUp;
  }

  /**
   * Distributions from the moment a request was due.
   *
   * @param applied until both edges had applied the link
   * @param answered until the answer to the request was there
   * @param last the last link, whose records can be looked at
   */
  record Result(Latencies applied, Latencies answered, GroupId group, LinkId last) {}

  Result run() throws IOException, InterruptedException {
    GroupId group = new GroupId("latency");
    LinkPairs pairs = new LinkPairs(BenchSettings.EDGES);
    try (SimulatedEdges edges = edges()) {
      BenchGroup members = enrolled(group, edges);
      connect(edges, members);
      warmUp.run(duration -> addAndRemove(members, pairs, duration));
      int end = addAtFixedRate(members, pairs);
      LinkId last = LinkId.between(pairs.near(end - 1), pairs.far(end - 1));
      return new Result(applied.restart(), answered, group, last);
    }
  }

  private BenchGroup enrolled(GroupId group, SimulatedEdges edges)
      throws IOException, InterruptedException {
    try (LoadClient load = new LoadClient(run.httpPort(), CONNECTIONS)) {
      return BenchGroup.create(load, group, BenchSettings.EDGES, edges::keys);
    }
  }

  /** Over connections of its own: the server closes those that were idle while warming up. */
  private int addAtFixedRate(BenchGroup members, LinkPairs pairs)
      throws IOException, InterruptedException {
    try (LoadClient load = new LoadClient(run.httpPort(), CONNECTIONS)) {
      int end =
          new Pacer(settings.linksPerSecond())
              .run(
                  settings.measured(),
                  0,
                  (index, dueNanos) -> addLink(load, members, pairs, index, dueNanos));
      requireAllArrived();
      return end;
    }
  }

  /** Adds links at several times the rate, and takes them away again. */
  private void addAndRemove(BenchGroup members, LinkPairs pairs, Duration duration)
      throws IOException, InterruptedException {
    int end = pairs.count();
    int start = end - WARM_UP_LINKS;
    try (LoadClient load = new LoadClient(run.httpPort(), WARM_UP_CONNECTIONS)) {
      int next = load.sendFor(duration, start, end, link -> members.addLink(pairs, link)).next();
      for (int from = start; from < next; from += ThroughputRun.BATCH_LINKS) {
        int links = Math.min(ThroughputRun.BATCH_LINKS, next - from);
        load.send(members.removeLinks(pairs, from, links));
      }
    }
  }

  private SimulatedEdges edges() {
    AgentListener listener =
        new AgentListener() {
          @Override
          public void connected(EdgeId edge) {
            connected.add(edge);
          }

          @Override
          public void applied(Applied change) {
            change.set().forEach(applied::arrived);
          }
        };
    return new SimulatedEdges(
        new SimulatedEdges.Surroundings(
            run.url(), run.controllerKey(), directory, AgentTimings.DEFAULT, listener));
  }

  private void connect(SimulatedEdges edges, BenchGroup members) throws InterruptedException {
    members.edges().forEach(edges::start);
    long deadlineNanos = System.nanoTime() + CONNECT_TIMEOUT.toNanos();
    while (connected.size() < members.edges().size()) {
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException("only %d edges connected".formatted(connected.size()));
      }
      Thread.sleep(POLL);
    }
  }

  private void addLink(
      LoadClient load, BenchGroup members, LinkPairs pairs, int index, long dueNanos) {
    LinkId link = LinkId.between(pairs.near(index), pairs.far(index));
    applied.expect(link, dueNanos);
    var _ =
        load.async(
            () -> {
              load.send(members.addLink(pairs, index));
              answered.record(System.nanoTime() - dueNanos);
            });
  }

  /** A request that failed shows here too: its link never arrives. */
  private void requireAllArrived() throws InterruptedException {
    int missing = applied.awaitAll(ARRIVAL_TIMEOUT);
    if (missing > 0) {
      throw new IllegalStateException("%d links never reached both edges".formatted(missing));
    }
  }
}
