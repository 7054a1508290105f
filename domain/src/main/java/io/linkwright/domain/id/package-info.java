/** Names of groups, edges and links, and revisions. */
package io.linkwright.domain.id;
