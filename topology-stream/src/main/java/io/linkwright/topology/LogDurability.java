package io.linkwright.topology;

/**
 * How well the log is kept: what the view keeps for itself is kept as well, or one dead broker
 * would stop the view of all groups.
 *
 * @param copies of each partition
 * @param minInSync copies that must have a record before it counts
 */
record LogDurability(int copies, int minInSync) {}
