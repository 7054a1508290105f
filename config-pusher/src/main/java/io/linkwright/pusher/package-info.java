/**
 * The config pusher.
 *
 * <p>{@code feed} reads {@code linkwright.edge-config} into {@code store} and tells {@code
 * connection}, which holds the edges' WebSockets. What to send to an edge is decided in {@code
 * delivery}, which does no I/O. {@code status} writes what edges report.
 */
package io.linkwright.pusher;
