/** Addresses, networks, endpoints, and the tables that find and hand them out. */
package io.linkwright.domain.address;
