package io.linkwright.cli.replay;

/**
 * A record of the log that cannot be.
 *
 * @param group as the record's key names it; empty if it has none
 * @param revision of the event; 0 if the record could not be read
 * @param what is wrong, for people
 */
public record Damage(int partition, long offset, String group, long revision, String what) {}
