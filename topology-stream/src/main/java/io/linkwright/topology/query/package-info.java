/**
 * The queries over the view, and their HTTP side: {@link io.linkwright.topology.query.QueryRoutes}
 * lists them.
 */
package io.linkwright.topology.query;
