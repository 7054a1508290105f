/** A link between two edges: its ends, its tunnels, and what each end needs of them. */
package io.linkwright.domain.link;
