/**
 * The bench: what the whole of Linkwright does on this machine, beside what Kafka alone does in the
 * same process at the same time of day.
 */
package io.linkwright.bench;
