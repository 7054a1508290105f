package io.linkwright.bench;

/**
 * What Kafka alone does.
 *
 * @param latencies one transaction a change, at the fixed rate
 * @param inFlightPerSecond changes a second in transactions as large as the single requests that
 *     are in flight together
 * @param batchedPerSecond changes a second in transactions as large as a batch
 */
record FloorFigures(Latencies latencies, double inFlightPerSecond, double batchedPerSecond) {}
