package io.linkwright.httpapi.receipt;

/** The answer to a command that was done. */
public sealed interface CommandReceipt
    permits RevisionReceipt,
        GroupReceipt,
        RecoveryReceipt,
        MemberReceipt,
        InvitationReceipt,
        EnrollmentReceipt,
        EdgeReceipt,
        MemberRekeyReceipt,
        LinkReceipt,
        LinkBatchReceipt,
        ContentsReceipt {
  /** Of the group after the command. */
  long revision();
}
