/**
 * The view: what the log says of groups, as small records in one store. {@link
 * io.linkwright.topology.view.GroupProjection} brings an event to them, {@link
 * io.linkwright.topology.view.GroupView} reads them, {@link io.linkwright.topology.view.ViewClock}
 * says which of them belong together.
 */
package io.linkwright.topology.view;
