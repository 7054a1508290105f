package io.linkwright.httpapi.receipt;

/**
 * A group goes on from its last good state.
 *
 * @param lastRevision of that state
 * @param members whose configuration was written anew
 * @param links whose configuration was written anew
 */
public record RecoveryReceipt(long revision, long lastRevision, int members, int links)
    implements CommandReceipt {}
