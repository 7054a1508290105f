package io.linkwright.httpapi.answer;

/**
 * Why a group stands still: the record of its log that cannot follow.
 *
 * @param revision that the record says it has
 */
public record DamageAnswer(int partition, long offset, long revision, String reason) {}
