package io.linkwright.command.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.linkwright.command.writer.Receipt;
import io.linkwright.command.writer.Receipt.Invitee;
import io.linkwright.command.writer.Receipt.Subject;
import io.linkwright.command.writer.Submission;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.member.EnrollmentToken;
import io.linkwright.domain.member.Member;
import io.linkwright.edgeprotocol.EdgeConnection;
import java.util.Optional;

/** What only the answers to commands about enrollment hold: the token, or whom to connect to. */
final class EnrollmentAnswers {
  private EnrollmentAnswers() {}

  static void complete(
      ObjectNode body, Submission submission, Receipt receipt, EnrollmentTokens tokens) {
    switch (submission.envelope().command()) {
      case GroupCommand.AddMember _, GroupCommand.InviteMember _ ->
          body.put(
              "token",
              token(submission, receipt, tokens).map(EnrollmentToken::reveal).orElse(null));
      case GroupCommand.ChangeContents _ -> putInvited(body, submission, receipt, tokens);
      case GroupCommand.EnrollMember enroll -> putController(body, enroll.edge(), tokens);
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
          GroupCommand.RenewKeys _ -> {}
    }
  }

  /** Members that have tokens of this command; one that had its own before is none of them. */
  private static void putInvited(
      ObjectNode body, Submission submission, Receipt receipt, EnrollmentTokens tokens) {
    GroupId group = submission.envelope().command().group();
    ArrayNode invited = body.putArray("invited");
    for (Invitee invitee : receipt.invitees()) {
      tokens
          .shown(group, invitee, submission.envelope().commandId())
          .ifPresent(
              token ->
                  invited
                      .addObject()
                      .put("edge", invitee.edge().value())
                      .put(
                          "token",
                          switch (submission.mode()) {
                            case EXECUTE -> token.reveal();
                            case DRY_RUN -> null;
                          })
                      .put("tokenExpiresAt", invitee.enrollment().expiresAt().toString()));
    }
  }

  /** A dry run makes no token, so it shows none. */
  private static Optional<EnrollmentToken> token(
      Submission submission, Receipt receipt, EnrollmentTokens tokens) {
    return switch (submission.mode()) {
      case DRY_RUN -> Optional.empty();
      case EXECUTE -> member(receipt).flatMap(member -> token(submission, member, tokens));
    };
  }

  /** Former versions made tokens of the client's key itself. */
  private static Optional<EnrollmentToken> token(
      Submission submission, Member member, EnrollmentTokens tokens) {
    GroupId group = submission.envelope().command().group();
    return tokens
        .shown(group, member, submission.envelope().commandId())
        .or(() -> submission.clientKey().flatMap(key -> tokens.shown(group, member, key)));
  }

  private static Optional<Member> member(Receipt receipt) {
    return switch (receipt.subject()) {
      case Subject.MemberAdded(Member member) -> Optional.of(member);
      case Subject.MemberChanged(Member member) -> Optional.of(member);
      case Subject.GroupCreated _,
          Subject.GroupChanged _,
          Subject.GroupDeleted _,
          Subject.GroupRecovered _,
          Subject.MemberRevoked _,
          Subject.MemberRemoved _,
          Subject.Links _ ->
          Optional.empty();
    };
  }

  private static void putController(ObjectNode body, EdgeId edge, EnrollmentTokens tokens) {
    body.put("controllerKey", tokens.controller().key().base64());
    body.put("controllerKeyId", tokens.controller().keyId());
    body.put("connectPath", EdgeConnection.path(edge));
    body.put("subprotocol", EdgeConnection.SUBPROTOCOL);
  }
}
