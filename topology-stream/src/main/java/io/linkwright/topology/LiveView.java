package io.linkwright.topology;

/**
 * What the stream's processors share with the queries.
 *
 * @param clock orders changes and reads of a partition
 * @param feed tells watchers
 * @param metrics counts
 */
record LiveView(ViewClock clock, ChangeFeed feed, ViewMetrics metrics) {}
