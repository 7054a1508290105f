/**
 * Who may do what. A request shows a bearer token (RFC 6750), an {@code Authentication} says who
 * that is, and each route declares by its {@code Access} what it needs.
 */
package io.linkwright.http.access;
