/**
 * Keeps open pages current: what a page shows is rendered again when something changed, and only
 * what differs is sent.
 */
package io.linkwright.console.live;
