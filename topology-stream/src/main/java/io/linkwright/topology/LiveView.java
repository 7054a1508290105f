package io.linkwright.topology;

import io.linkwright.topology.view.ChangeFeed;
import io.linkwright.topology.view.ViewClock;

/**
 * What the stream's processors share with the queries.
 *
 * @param clock orders changes and reads of a partition
 * @param feed tells watchers
 * @param metrics counts
 */
record LiveView(ViewClock clock, ChangeFeed feed, ViewMetrics metrics) {}
