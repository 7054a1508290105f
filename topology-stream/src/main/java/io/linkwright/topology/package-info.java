/**
 * The link graph as Kafka Streams materializes it, and the queries over it.
 *
 * <p>{@link io.linkwright.topology.TopologyStream} is the topology on one screen; {@link
 * io.linkwright.topology.GroupProjection} says what an event does to the records; {@link
 * io.linkwright.topology.TopologyService} wires it all.
 */
package io.linkwright.topology;
