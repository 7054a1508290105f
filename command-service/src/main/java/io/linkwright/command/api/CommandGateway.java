package io.linkwright.command.api;

import io.javalin.http.Context;
import io.linkwright.command.ownership.Owner;
import io.linkwright.command.ownership.PartitionOwners;
import io.linkwright.command.writer.CommandAnswer;
import io.linkwright.command.writer.PartitionWriter;
import io.linkwright.command.writer.Submission;
import io.linkwright.command.writer.Submission.Mode;
import io.linkwright.domain.group.CommandEnvelope;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.id.EdgeId;
import io.linkwright.domain.id.GroupId;
import io.linkwright.domain.member.TokenHash;
import io.linkwright.http.InstanceForwarding;
import io.linkwright.http.QueryParameters;
import io.linkwright.http.access.AccessGate;
import io.linkwright.httpapi.ApiQuery;
import io.linkwright.schemas.Partitioning;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings a command to the owner of its partition and waits for the answer, in the request's own
 * (virtual) thread. Thread-safe.
 */
public final class CommandGateway implements AutoCloseable {
  /** Attribute of a request: a command has one id however often it is asked for. */
  private static final String MADE_COMMAND_ID = "linkwright.command-id";

  private static final CommandAnswer NO_OWNER =
      new CommandAnswer.NotReady("the group's partition has no owner at the moment");

  private static final CommandAnswer UNPROVEN_OWNER =
      new CommandAnswer.NotReady(
          "the group's partition is assigned to a member of the consumer group that has not proved"
              + " itself with the controller's key: nothing is passed on to it");

  private final int partitions;
  private final PartitionOwners owners;
  private final CommandStamps stamps;
  private final Duration timeout;
  private final OwnerForwarding forwarding;
  private final CommandMetrics metrics;

  /**
   * A gateway.
   *
   * @param partitions of the events
   * @param instanceId names this instance on forwarded requests
   * @param timeout after which a command is answered whatever has become of it
   */
  public CommandGateway(
      int partitions,
      PartitionOwners owners,
      CommandStamps stamps,
      String instanceId,
      Duration timeout,
      MeterRegistry registry) {
    this.partitions = partitions;
    this.owners = owners;
    this.stamps = stamps;
    this.timeout = timeout;
    this.forwarding = new OwnerForwarding(instanceId, timeout);
    this.metrics = new CommandMetrics(registry);
  }

  /** What may be written down of the token that this request makes for a member. */
  TokenHash newToken(Context context, GroupId group, EdgeId edge) {
    return stamps.tokens().of(group, edge, commandId(context, group)).hash();
  }

  /** What the command is called on the log: named after the client's key, or for this request. */
  private String commandId(Context context, GroupId group) {
    Optional<String> given =
        RequestHeaders.idempotencyKey(context)
            .map(key -> stamps.commandIds().ofClientKey(group, key))
            .or(() -> Optional.ofNullable(context.attribute(MADE_COMMAND_ID)));
    String id = given.orElseGet(stamps.commandIds()::made);
    context.attribute(MADE_COMMAND_ID, id);
    return id;
  }

  /** Refuses what is wrong before the body, in one order for all commands. */
  void checkHead(Context context) {
    mode(context);
    RequestHeaders.check(context);
  }

  private static Mode mode(Context context) {
    QueryParameters query = QueryParameters.of(context);
    Mode mode = query.flag(ApiQuery.DRY_RUN) ? Mode.DRY_RUN : Mode.EXECUTE;
    query.done();
    return mode;
  }

  /** Answers the request, whose body was {@code body} and means {@code command}. */
  void handle(Context context, byte[] body, GroupCommand command) {
    AccessGate.requireChange(context, command.group().value());
    Submission submission =
        new Submission(
            envelope(context, command), mode(context), RequestHeaders.idempotencyKey(context));
    switch (owners.ownerOf(Partitioning.ofGroup(command.group(), partitions))) {
      case Owner.Local(PartitionWriter writer) ->
          answer(context, submission, ask(writer, submission));
      case Owner.Remote(URI owner) -> {
        if (InstanceForwarding.isForwarded(context)) {
          answer(context, submission, NO_OWNER);
        } else {
          forwarding.forward(context, body, owner);
        }
      }
      case Owner.Unproven() -> {
        metrics.countUnprovenOwner();
        answer(context, submission, UNPROVEN_OWNER);
      }
      case Owner.Nobody() -> answer(context, submission, NO_OWNER);
    }
  }

  private CommandEnvelope envelope(Context context, GroupCommand command) {
    return new CommandEnvelope(
        command,
        commandId(context, command.group()),
        RequestHeaders.actor(context),
        stamps.now(),
        RequestHeaders.ifMatch(context),
        stamps.seeds().get());
  }

  private CommandAnswer ask(PartitionWriter writer, Submission submission) {
    writer.submit(submission);
    try {
      return submission.answer().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      return givenUp(submission, "no answer within " + timeout);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return givenUp(submission, "the service is stopping");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("answers are values", impossible);
    }
  }

  private static CommandAnswer givenUp(Submission submission, String reason) {
    return submission.withdraw()
        ? new CommandAnswer.NotReady(reason)
        : new CommandAnswer.OutcomeUnknown(reason);
  }

  private void answer(Context context, Submission submission, CommandAnswer answer) {
    GroupCommand command = submission.envelope().command();
    metrics.count(command, answer);
    AnswerWriter.write(context, submission, answer, stamps.tokens());
  }

  @Override
  public void close() {
    forwarding.close();
  }
}
