package io.linkwright.command.api;

import io.linkwright.command.writer.Receipt;
import io.linkwright.command.writer.Receipt.Invitee;
import io.linkwright.command.writer.Receipt.Subject;
import io.linkwright.command.writer.Submission;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupSettings;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.EdgePair;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.id.LinkId;
import io.linkwright.domain.member.EnrollmentToken;
import io.linkwright.domain.member.Member;
import io.linkwright.edgeprotocol.ControllerPublicKey;
import io.linkwright.edgeprotocol.EdgeConnection;
import io.linkwright.httpapi.answer.GroupSettingsAnswer;
import io.linkwright.httpapi.receipt.CommandReceipt;
import io.linkwright.httpapi.receipt.ContentsReceipt;
import io.linkwright.httpapi.receipt.EdgeReceipt;
import io.linkwright.httpapi.receipt.EnrollmentReceipt;
import io.linkwright.httpapi.receipt.GroupReceipt;
import io.linkwright.httpapi.receipt.InvitationReceipt;
import io.linkwright.httpapi.receipt.LinkBatchReceipt;
import io.linkwright.httpapi.receipt.LinkReceipt;
import io.linkwright.httpapi.receipt.MemberReceipt;
import io.linkwright.httpapi.receipt.MemberRekeyReceipt;
import io.linkwright.httpapi.receipt.MemberState;
import io.linkwright.httpapi.receipt.ReconfiguredEdges;
import io.linkwright.httpapi.receipt.RecoveryReceipt;
import io.linkwright.httpapi.receipt.RevisionReceipt;
import java.util.Optional;

/**
 * What is answered to a command, from its receipt; of a command about enrollment with the token, or
 * with whom to connect to. Owned by one thread.
 */
final class ReceiptAnswers {
  private final Submission submission;
  private final Receipt receipt;
  private final EnrollmentTokens tokens;

  ReceiptAnswers(Submission submission, Receipt receipt, EnrollmentTokens tokens) {
    this.submission = submission;
    this.receipt = receipt;
    this.tokens = tokens;
  }

  CommandReceipt answer() {
    GroupCommand command = submission.envelope().command();
    if (command instanceof GroupCommand.ChangeContents) {
      return contents();
    }
    return switch (receipt.subject()) {
      case Subject.GroupCreated(GroupSettings settings) -> group(settings);
      case Subject.GroupChanged(GroupSettings settings) -> group(settings);
      case Subject.GroupDeleted() -> new RevisionReceipt(receipt.revision());
      case Subject.GroupRecovered(long lastRevision, int members, int links) ->
          new RecoveryReceipt(receipt.revision(), lastRevision, members, links);
      case Subject.MemberAdded(Member member) -> member(command, member);
      case Subject.MemberChanged(Member member) -> member(command, member);
      case Subject.MemberRevoked(Member member, _) ->
          new MemberReceipt(receipt.revision(), MemberState.of(member), edges());
      case Subject.MemberRemoved(EdgeId edge) -> new EdgeReceipt(receipt.revision(), edge, edges());
      case Subject.Links() -> links(command);
    };
  }

  private CommandReceipt group(GroupSettings settings) {
    return new GroupReceipt(receipt.revision(), GroupSettingsAnswer.of(settings));
  }

  private CommandReceipt member(GroupCommand command, Member member) {
    return switch (command) {
      case GroupCommand.AddMember _, GroupCommand.InviteMember _ ->
          new InvitationReceipt(receipt.revision(), MemberState.of(member), edges(), token(member));
      case GroupCommand.EnrollMember enroll -> enrollment(enroll.edge(), member);
      case GroupCommand.CreateGroup _,
          GroupCommand.ChangeGroup _,
          GroupCommand.DeleteGroup _,
          GroupCommand.RecoverGroup _,
          GroupCommand.ChangeMember _,
          GroupCommand.RevokeMember _,
          GroupCommand.RemoveMember _,
          GroupCommand.AddLink _,
          GroupCommand.RemoveLink _,
          GroupCommand.ChangeLinks _,
          GroupCommand.RekeyLink _,
          GroupCommand.RekeyMember _,
          GroupCommand.RenewKeys _,
          GroupCommand.ChangeContents _ ->
          new MemberReceipt(receipt.revision(), MemberState.of(member), edges());
    };
  }

  private CommandReceipt enrollment(EdgeId edge, Member member) {
    ControllerPublicKey controller = tokens.controller();
    return new EnrollmentReceipt(
        receipt.revision(),
        MemberState.of(member),
        edges(),
        controller.key(),
        controller.keyId(),
        EdgeConnection.path(edge),
        EdgeConnection.SUBPROTOCOL);
  }

  /** A dry run makes no token, so it shows none. Former versions made them of the client's key. */
  private Optional<EnrollmentToken> token(Member member) {
    return switch (submission.mode()) {
      case DRY_RUN -> Optional.empty();
      case EXECUTE ->
          tokens
              .shown(group(), member, submission.envelope().commandId())
              .or(() -> submission.clientKey().flatMap(key -> tokens.shown(group(), member, key)));
    };
  }

  private CommandReceipt links(GroupCommand command) {
    return switch (command) {
      case GroupCommand.AddLink(_, EdgePair pair) -> link(pair.link());
      case GroupCommand.RemoveLink(_, LinkId link) -> link(link);
      case GroupCommand.RekeyLink(_, LinkId link) -> link(link);
      case GroupCommand.RekeyMember(_, EdgeId edge) -> rekeyed(edge);
      case GroupCommand.RenewKeys renew -> rekeyed(renew.edge());
      case GroupCommand.ChangeLinks _ ->
          new LinkBatchReceipt(
              receipt.revision(), receipt.links().added(), receipt.links().removed(), edges());
      case GroupCommand.RevokeMember revoke ->
          new EdgeReceipt(receipt.revision(), revoke.edge(), edges());
      case GroupCommand.CreateGroup _,
          GroupCommand.ChangeGroup _,
          GroupCommand.DeleteGroup _,
          GroupCommand.RecoverGroup _,
          GroupCommand.AddMember _,
          GroupCommand.ChangeMember _,
          GroupCommand.InviteMember _,
          GroupCommand.EnrollMember _,
          GroupCommand.RemoveMember _,
          GroupCommand.ChangeContents _ ->
          throw new IllegalStateException("%s is not about links".formatted(command));
    };
  }

  private CommandReceipt link(LinkId link) {
    return new LinkReceipt(receipt.revision(), link, edges());
  }

  private CommandReceipt rekeyed(EdgeId edge) {
    return new MemberRekeyReceipt(receipt.revision(), edge, receipt.links().changed(), edges());
  }

  /** Several commands are about whatever they have changed. */
  private CommandReceipt contents() {
    return new ContentsReceipt(
        receipt.revision(),
        receipt.links().added(),
        receipt.links().changed(),
        receipt.links().removed(),
        edges(),
        receipt.invitees().stream().map(this::invited).flatMap(Optional::stream).toList());
  }

  /** With a token of this command; one that had its own before is not shown. */
  private Optional<ContentsReceipt.Invited> invited(Invitee invitee) {
    return tokens
        .shown(group(), invitee, submission.envelope().commandId())
        .map(
            token ->
                new ContentsReceipt.Invited(
                    invitee.edge(),
                    switch (submission.mode()) {
                      case EXECUTE -> Optional.of(token);
                      case DRY_RUN -> Optional.empty();
                    },
                    invitee.enrollment().expiresAt()));
  }

  private ReconfiguredEdges edges() {
    return new ReconfiguredEdges(receipt.recipients().now(), receipt.recipients().awaiting());
  }

  private GroupId group() {
    return submission.envelope().command().group();
  }
}
