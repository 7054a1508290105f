/**
 * The pure core. Start in {@link io.linkwright.domain.group}: {@link
 * io.linkwright.domain.group.Decider} turns a command into events, {@link
 * io.linkwright.domain.group.Evolver} folds events into {@link
 * io.linkwright.domain.group.GroupState}. Then {@link
 * io.linkwright.domain.delivery.ConfigurationChange} says which edges must hear of an event, and
 * {@link io.linkwright.domain.graph.TopologyRules} what it means for the graph. Nothing here reads
 * a clock, a random source, a file or a network, and nothing but the JDK is needed.
 *
 * <p>The packages have no cycles: {@code text, id, persistent, address, key, link, member}, on them
 * {@code group}, and on that {@code delivery}.
 */
package io.linkwright.domain;
