package io.linkwright.command.api;

import io.javalin.http.Context;
import io.linkwright.command.writer.CommandAnswer;
import io.linkwright.command.writer.Receipt;
import io.linkwright.command.writer.Submission;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.Rejection;
import io.linkwright.http.Answers;
import io.linkwright.http.Problem;
import io.linkwright.httpapi.ProblemCodes;
import io.linkwright.httpapi.receipt.CommandReceipt;
import io.linkwright.httpapi.receipt.DryRunReceipt;
import java.time.Duration;

/** Writes what became of a command. */
final class AnswerWriter {
  static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private AnswerWriter() {}

  static void write(
      Context context, Submission submission, CommandAnswer answer, EnrollmentTokens tokens) {
    switch (answer) {
      case CommandAnswer.Done(Receipt receipt) -> done(context, submission, receipt, tokens);
      case CommandAnswer.Refused(Rejection rejection) ->
          Answers.problem(context, RejectionProblems.of(rejection));
      case CommandAnswer.KeyReused() ->
          Answers.problem(
              context,
              Problem.of(
                  422,
                  ProblemCodes.IDEMPOTENCY_KEY_REUSED,
                  "this Idempotency-Key was used for another command: use a new one"));
      case CommandAnswer.NotReady(String reason) ->
          Answers.problem(context, Problem.notReady(reason, RETRY_AFTER));
      case CommandAnswer.OutcomeUnknown(String reason) ->
          Answers.problem(context, outcomeUnknown(reason));
      case CommandAnswer.Failed() ->
          Answers.problem(
              context,
              Problem.of(
                  500,
                  ProblemCodes.INTERNAL_ERROR,
                  "the command failed and nothing was written; the service's log says why"));
    }
  }

  static Problem outcomeUnknown(String reason) {
    return Problem.of(
        504,
        ProblemCodes.OUTCOME_UNKNOWN,
        "whether the command was done is not known (%s): repeat it with the same Idempotency-Key"
            .formatted(reason));
  }

  private static void done(
      Context context, Submission submission, Receipt receipt, EnrollmentTokens tokens) {
    GroupCommand command = submission.envelope().command();
    CommandReceipt body = new ReceiptAnswers(submission, receipt, tokens).answer();
    context.header("ETag", "\"" + receipt.revision() + "\"");
    switch (submission.mode()) {
      case EXECUTE -> Answers.json(context, creates(command) ? 201 : 200, body);
      case DRY_RUN -> Answers.json(context, 200, DryRunReceipt.of(body));
    }
  }

  private static boolean creates(GroupCommand command) {
    return switch (command) {
      case GroupCommand.CreateGroup _, GroupCommand.AddMember _, GroupCommand.AddLink _ -> true;
      case GroupCommand.ChangeGroup _,
          GroupCommand.DeleteGroup _,
          GroupCommand.RecoverGroup _,
          GroupCommand.ChangeMember _,
          GroupCommand.InviteMember _,
          GroupCommand.EnrollMember _,
          GroupCommand.RevokeMember _,
          GroupCommand.RemoveMember _,
          GroupCommand.RemoveLink _,
          GroupCommand.ChangeLinks _,
          GroupCommand.RekeyLink _,
          GroupCommand.RekeyMember _,
          GroupCommand.RenewKeys _,
          GroupCommand.ChangeContents _ ->
          false;
    };
  }
}
