package io.linkwright.pusher.delivery;

/** What sessions read: what their own edge should run, and what the ends of its links say. */
public record Sources(DesiredConfiguration desired, PeerStatuses peers) {}
