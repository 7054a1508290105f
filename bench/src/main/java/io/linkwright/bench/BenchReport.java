package io.linkwright.bench;

import static io.linkwright.terminal.output.Table.left;
import static io.linkwright.terminal.output.Table.right;

import com.fasterxml.jackson.databind.JsonNode;
import io.linkwright.terminal.output.Table;
import java.util.Locale;

/** The bench's figures for people. */
public final class BenchReport {
  private static final String INDENT = "  ";

  private BenchReport() {}

  /** Makes the figures of {@link Bench#run} readable. */
  public static String text(JsonNode figures) {
    return String.join(
        System.lineSeparator(),
        "",
        surroundings(figures),
        "",
        "A link, from when its request was due until both edges run it, %s links/s, %s edges"
            .formatted(
                figures.at("/latency/linksPerSecond").asText(),
                figures.at("/latency/edges").asText()),
        "",
        latency(figures.path("latency")),
        "",
        "Links a second, all secrets sealed, all documents signed",
        "",
        throughput(figures.path("throughput")),
        "",
        "Cost of a link by the size of its group",
        "",
        groupSize(figures.path("groupSize")),
        "");
  }

  private static String surroundings(JsonNode figures) {
    JsonNode machine = figures.path("machine");
    JsonNode durability = figures.path("durability");
    JsonNode records = figures.path("records");
    return """
      %s cores for everything, load included; %s, %s; heap up to %s MiB
      acks=%s, one transaction a change or batch, replication %s, min ISR %s, %s partitions, flush %s
      a link is %s bytes on Kafka: event %s, configurations %s\
    """
        .formatted(
            machine.path("cores").asText(),
            machine.path("jvm").asText(),
            machine.path("os").asText(),
            machine.path("maxHeapMib").asText(),
            durability.path("acks").asText(),
            durability.path("replication").asText(),
            durability.path("minInsyncReplicas").asText(),
            durability.path("partitions").asText(),
            durability.path("flush").asText(),
            records.path("linkBytes").asText(),
            records.path("eventBytes").asText(),
            records.path("configurationBytes"));
  }

  private static String latency(JsonNode latency) {
    Table table =
        new Table(
            left(""),
            right("p50 ms"),
            right("p90 ms"),
            right("p99 ms"),
            right("p99.9 ms"),
            right("max ms"),
            right("count"));
    addLatency(table, "both edges have applied it", latency.path("applied"));
    addLatency(table, "the request is answered", latency.path("answered"));
    addLatency(table, "raw Kafka, both consumers have it", latency.path("floor"));
    table.row(
        "times the floor",
        oneDecimal(latency.path("p50Ratio")),
        "",
        oneDecimal(latency.path("p99Ratio")),
        "",
        "",
        "");
    return table.render(INDENT);
  }

  private static void addLatency(Table table, String what, JsonNode times) {
    table.row(
        what,
        oneDecimal(times.path("p50Ms")),
        oneDecimal(times.path("p90Ms")),
        oneDecimal(times.path("p99Ms")),
        oneDecimal(times.path("p999Ms")),
        oneDecimal(times.path("maxMs")),
        times.path("count").asText());
  }

  private static String throughput(JsonNode throughput) {
    Table table =
        new Table(left(""), right("links/s"), right("raw Kafka/s"), right("floor is × faster"));
    JsonNode single = throughput.path("single");
    JsonNode batched = throughput.path("batched");
    addThroughput(
        table, "single requests, %s in flight".formatted(single.path("inFlight").asText()), single);
    addThroughput(table, "batches of %s".formatted(batched.path("batchLinks").asText()), batched);
    return table.render(INDENT);
  }

  private static void addThroughput(Table table, String what, JsonNode rates) {
    table.row(
        what,
        grouped(rates.path("linksPerSecond")),
        grouped(rates.path("floorPerSecond")),
        oneDecimal(rates.path("ratio")));
  }

  private static String groupSize(JsonNode size) {
    Table table = new Table(left("members"), right("CPU µs/link"), right("elapsed µs/link"));
    for (JsonNode cost : new JsonNode[] {size.path("small"), size.path("large")}) {
      table.row(
          grouped(cost.path("members")),
          oneDecimal(cost.path("cpuMicrosPerLink")),
          oneDecimal(cost.path("wallMicrosPerLink")));
    }
    table.row(
        "ratio",
        String.format(Locale.ROOT, "%.2f", size.path("cpuRatio").asDouble()),
        String.format(Locale.ROOT, "%.2f", size.path("wallRatio").asDouble()));
    return table.render(INDENT);
  }

  private static String oneDecimal(JsonNode number) {
    return String.format(Locale.ROOT, "%.1f", number.asDouble());
  }

  private static String grouped(JsonNode number) {
    return String.format(Locale.ROOT, "%,d", number.asLong());
  }
}
