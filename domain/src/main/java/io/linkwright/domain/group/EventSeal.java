package io.linkwright.domain.group;

import java.util.Optional;

/**
 * What stands beside an event on the log and ties it to its place.
 *
 * @param valueDigest SHA-256 of the record's value
 * @param mac of the head that the group's chain comes to with the event; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EventSeal(byte[] valueDigest, Optional<byte[]> mac) {}
