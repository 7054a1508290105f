package io.linkwright.httpapi.receipt;

/** A command of which nothing more is to be said; what every receipt begins with. */
public record RevisionReceipt(long revision) implements CommandReceipt {}
