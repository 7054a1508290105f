/**
 * The link graph of a group: who reaches whom, who is isolated, and what a change of links means.
 * Pure, over ports that small records in a store can stand behind; start at {@link
 * io.linkwright.domain.graph.TopologyRules}.
 */
package io.linkwright.domain.graph;
