/** What goes to the edges, and what they say of it: documents, records and statuses. */
package io.linkwright.domain.delivery;
