package io.linkwright.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.httpapi.client.LinkwrightApi;
import io.linkwright.schemas.TopicLayout;
import io.linkwright.standalone.run.AllInOne;

/** All that was measured, and where; as JSON for programs. */
record BenchFigures(
    BenchSettings settings,
    LinkLatencyRun.Result latency,
    LinkRecords records,
    FloorFigures floor,
    ThroughputRun.Result throughput,
    GroupSizeRun.Result size) {
  private static final long BYTES_PER_MIB = 1 << 20;

  ObjectNode json() {
    ObjectNode json = LinkwrightApi.mapper().createObjectNode();
    json.set("machine", machine());
    json.set("durability", durability());
    json.set("records", recordSizes());
    json.putObject("latency")
        .put("linksPerSecond", settings.linksPerSecond())
        .put("edges", BenchSettings.EDGES)
        .<ObjectNode>set("applied", latency.applied().json())
        .<ObjectNode>set("answered", latency.answered().json())
        .<ObjectNode>set("floor", floor.latencies().json())
        .put("p50Ratio", ratio(latency.applied(), floor.latencies(), 50))
        .put("p99Ratio", ratio(latency.applied(), floor.latencies(), 99));
    ObjectNode rates = json.putObject("throughput");
    rates
        .putObject("single")
        .put("inFlight", ThroughputRun.IN_FLIGHT)
        .put("linksPerSecond", Math.round(throughput.single()))
        .put("floorPerSecond", Math.round(floor.inFlightPerSecond()))
        .put("ratio", rounded(floor.inFlightPerSecond() / throughput.single()));
    rates
        .putObject("batched")
        .put("batchLinks", ThroughputRun.BATCH_LINKS)
        .put("linksPerSecond", Math.round(throughput.batched()))
        .put("floorPerSecond", Math.round(floor.batchedPerSecond()))
        .put("ratio", rounded(floor.batchedPerSecond() / throughput.batched()));
    json.putObject("groupSize")
        .<ObjectNode>set("small", cost(Bench.SMALL_GROUP, size.small()))
        .<ObjectNode>set("large", cost(Bench.LARGE_GROUP, size.large()))
        .put("cpuRatio", rounded(size.cpuRatio()))
        .put("wallRatio", rounded(size.wallRatio()));
    return json;
  }

  private static ObjectNode machine() {
    Runtime runtime = Runtime.getRuntime();
    return LinkwrightApi.mapper()
        .createObjectNode()
        .put("cores", runtime.availableProcessors())
        .put("maxHeapMib", runtime.maxMemory() / BYTES_PER_MIB)
        .put("jvm", System.getProperty("java.vm.name") + " " + Runtime.version())
        .put(
            "os",
            "%s %s %s"
                .formatted(
                    System.getProperty("os.name"),
                    System.getProperty("os.version"),
                    System.getProperty("os.arch")));
  }

  private static ObjectNode durability() {
    TopicLayout layout = AllInOne.LAYOUT;
    return LinkwrightApi.mapper()
        .createObjectNode()
        .put("acks", "all")
        .put("transactions", true)
        .put("replication", layout.replication())
        .put("minInsyncReplicas", layout.minInsyncReplicas())
        .put("partitions", layout.partitions())
        .put("flush", "left to the operating system");
  }

  private ObjectNode recordSizes() {
    ObjectNode json = LinkwrightApi.mapper().createObjectNode();
    json.put("eventBytes", LinkRecords.size(records.event()));
    ArrayNode configurations = json.putArray("configurationBytes");
    records.configurations().forEach(record -> configurations.add(LinkRecords.size(record)));
    return json.put("linkBytes", records.sizeBytes());
  }

  private static ObjectNode cost(int members, GroupSizeRun.Cost cost) {
    return LinkwrightApi.mapper()
        .createObjectNode()
        .put("members", members)
        .put("cpuMicrosPerLink", rounded(cost.cpuMicros()))
        .put("wallMicrosPerLink", rounded(cost.wallMicros()));
  }

  private static double ratio(Latencies ours, Latencies floor, double percent) {
    return rounded(ours.milliseconds(percent) / floor.milliseconds(percent));
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
