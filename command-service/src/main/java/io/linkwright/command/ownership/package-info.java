/**
 * Which instance owns which partition: Kafka's consumer group protocol shares the partitions of
 * {@code linkwright.events} out, transactions enforce it, and requests go to the owner.
 */
package io.linkwright.command.ownership;
