/**
 * The link graph as Kafka Streams materializes it, and the queries over it.
 *
 * <p>{@link io.linkwright.topology.TopologyStream} is the topology on one screen; {@link
 * io.linkwright.topology.TopologyService} wires it to the view and the queries.
 */
package io.linkwright.topology;
