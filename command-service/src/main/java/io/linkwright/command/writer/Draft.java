package io.linkwright.command.writer;

import io.linkwright.command.log.AppendOutcome;
import io.linkwright.command.log.LogRecord;
import io.linkwright.domain.group.CommandEnvelope;
import io.linkwright.domain.group.Decider;
import io.linkwright.domain.group.Decision;
import io.linkwright.domain.group.Decision.Step;
import io.linkwright.domain.group.FoldedGroup;
import io.linkwright.domain.group.GroupCommand;
import io.linkwright.domain.group.GroupState;
import io.linkwright.domain.group.LogHead;
import io.linkwright.domain.group.RecordedEvent;
import io.linkwright.domain.group.Rejection;
import io.linkwright.domain.group.RejectionCode;
import io.linkwright.domain.id.GroupId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction in the making: each command is decided against the published state, what the
 * transaction on its way does, and all that the draft did before it. Nothing is published and
 * nobody is answered, not even a refusal, until the log has spoken: what a command was decided upon
 * may never come to be. Owned by the writer's thread.
 */
final class Draft {
  private static final Logger LOG = LoggerFactory.getLogger(Draft.class);

  /** What an answer owes to the transaction. */
  private enum Dependence {
    /** It tells of events in the transaction. */
    WRITTEN,
    /** It was decided upon them at most, and nothing of it is in the transaction. */
    READ
  }

  private record Pending(Submission submission, CommandAnswer answer, Dependence dependence) {}

  private final WriterState published;
  private final ConfigurationSource configurations;
  private final WriterLimits limits;

  /** The transaction that is on its way to the log, until it is published. */
  private Optional<Draft> ahead = Optional.empty();

  private final Map<GroupId, GroupState> groups = new HashMap<>();
  private final Map<CommandKey, Receipt> receipts = new LinkedHashMap<>();
  private final List<RecordedEvent> events = new ArrayList<>();
  private final List<ConfigurationDraft> drafts = new ArrayList<>();
  private final List<Pending> pending = new ArrayList<>();
  private int configurationCount;

  Draft(WriterState published, ConfigurationSource configurations, WriterLimits limits) {
    this.published = published;
    this.configurations = configurations;
    this.limits = limits;
  }

  /** An empty draft to be decided upon what this one does, which is not published yet. */
  Draft next() {
    Draft next = new Draft(published, configurations, limits);
    next.ahead = Optional.of(this);
    return next;
  }

  /** The draft that this one was decided upon is published, as it was foreseen. */
  void dropAhead() {
    ahead = Optional.empty();
  }

  /** The same commands decided anew, upon nothing but what is published. */
  Draft redone() {
    Draft anew = new Draft(published, configurations, limits);
    pending.forEach(each -> anew.add(each.submission()));
    return anew;
  }

  boolean isFull() {
    return pending.size() >= limits.maxBatchCommands()
        || events.size() + configurationCount >= limits.maxBatchRecords();
  }

  /** Whether events of the group are in it. */
  boolean writes(GroupId group) {
    return groups.containsKey(group);
  }

  int commandCount() {
    return pending.size();
  }

  /** What goes to the log, its configuration signed. */
  List<LogRecord> records() {
    List<LogRecord> records = new ArrayList<>(events.size() + configurationCount);
    events.forEach(event -> records.add(new LogRecord.Event(event)));
    records.addAll(configurations.signed(drafts));
    return records;
  }

  /** Decides one more command. A bug that shows in it leaves the draft as it was. */
  void add(Submission submission) {
    try {
      pending.add(decided(submission));
    } catch (RuntimeException bug) {
      LOG.error("command failed key={}", submission.key(), bug);
      pending.add(new Pending(submission, new CommandAnswer.Failed(), Dependence.READ));
    }
  }

  private Pending decided(Submission submission) {
    return switch (submission.mode()) {
      case EXECUTE -> {
        Optional<Pending> repeated = repeated(submission);
        yield repeated.isPresent() ? repeated.get() : executed(submission);
      }
      case DRY_RUN ->
          switch (decide(submission)) {
            case Decision.Refused refused -> refused(submission, refused);
            case Decision.Accepted accepted ->
                done(submission, receiptOf(submission, accepted), Dependence.READ);
          };
    };
  }

  /**
   * Answers a key that was seen before, in this draft or on the log, from the first one's receipt.
   */
  private Optional<Pending> repeated(Submission submission) {
    CommandKey key = submission.key();
    Receipt drafted = receipts.get(key);
    Dependence dependence = drafted == null ? Dependence.READ : Dependence.WRITTEN;
    return Optional.ofNullable(drafted)
        .or(() -> ahead.map(draft -> draft.receipts.get(key)))
        .or(() -> published.receipt(key))
        .or(() -> submission.formerKey().flatMap(published::formerReceipt))
        .map(
            receipt ->
                receipt.answers(submission.envelope().command())
                    ? done(submission, receipt, dependence)
                    : new Pending(submission, new CommandAnswer.KeyReused(), Dependence.READ));
  }

  private Pending executed(Submission submission) {
    return switch (decide(submission)) {
      case Decision.Refused refused -> refused(submission, refused);
      case Decision.Accepted accepted -> {
        Receipt receipt = receiptOf(submission, accepted);
        if (accepted.steps().isEmpty()) {
          yield done(submission, receipt, Dependence.READ);
        }
        Optional<Rejection> tooOften = tooOften(submission.envelope(), accepted);
        if (tooOften.isPresent()) {
          yield refused(submission, new Decision.Refused(tooOften.get()));
        }
        write(submission.envelope(), accepted.steps());
        receipts.put(submission.key(), receipt);
        yield done(submission, receipt, Dependence.WRITTEN);
      }
    };
  }

  /** Only what is to be written counts: nobody can use up the budget of a device but itself. */
  private Optional<Rejection> tooOften(CommandEnvelope envelope, Decision.Accepted accepted) {
    if (!(envelope.command() instanceof GroupCommand.RenewKeys renew)
        || !(group(renew.group()).state() instanceof GroupState.Active group)) {
      return Optional.empty();
    }
    int renewed = accepted.steps().size();
    long links = group.linksOf(renew.edge()).count();
    return published
            .renewals()
            .take(group.id(), renew.edge(), links, renewed, envelope.occurredAt())
        ? Optional.empty()
        : Optional.of(
            Rejection.of(
                RejectionCode.RENEWAL_LIMIT,
                ("%s has had too many keys renewed within the last hour: it asks again later, and"
                        + " an operator may rekey its links meanwhile")
                    .formatted(renew.edge())));
  }

  /** Adds the events and the configuration they call for; all of it or, on a bug, nothing. */
  private void write(CommandEnvelope envelope, List<Step> written) {
    List<ConfigurationDraft> called = new ArrayList<>(written.size());
    for (Step step : written) {
      configurations.draftOf(step.event(), step.after(), envelope.seed()).ifPresent(called::add);
    }
    written.forEach(step -> events.add(step.event()));
    drafts.addAll(called);
    configurationCount += called.stream().mapToInt(ConfigurationDraft::recordCount).sum();
    GroupState after = written.getLast().after();
    groups.put(after.id(), after);
  }

  private Decision decide(Submission submission) {
    CommandEnvelope envelope = submission.envelope();
    return Decider.decide(group(envelope.command().group()), envelope);
  }

  private FoldedGroup group(GroupId id) {
    GroupState drafted = groups.get(id);
    if (drafted == null && ahead.isPresent()) {
      drafted = ahead.get().groups.get(id);
    }
    return drafted == null ? published.group(id) : FoldedGroup.of(drafted);
  }

  private Receipt receiptOf(Submission submission, Decision.Accepted accepted) {
    if (!accepted.steps().isEmpty()) {
      return Receipts.ofEvents(accepted.events());
    }
    return switch (group(submission.envelope().command().group()).state()) {
      case GroupState.Active active ->
          Receipts.unchanged(
              active, submission.envelope().command(), submission.envelope().occurredAt());
      case GroupState.Absent absent ->
          throw new IllegalStateException(
              "a command on %s was accepted and did nothing".formatted(absent));
    };
  }

  private static Pending done(Submission submission, Receipt receipt, Dependence dependence) {
    return new Pending(submission, new CommandAnswer.Done(receipt), dependence);
  }

  private static Pending refused(Submission submission, Decision.Refused refused) {
    return new Pending(submission, new CommandAnswer.Refused(refused.rejection()), Dependence.READ);
  }

  /** Publishes what is known to be on the log, and answers everybody according to the outcome. */
  void settle(AppendOutcome outcome) {
    switch (outcome) {
      case AppendOutcome.Committed(Map<GroupId, LogHead> heads) -> {
        published.publish(groups, heads, receipts);
        pending.forEach(each -> each.submission().complete(each.answer()));
      }
      case AppendOutcome.Aborted(String reason) -> answerAll(new CommandAnswer.NotReady(reason));
      case AppendOutcome.Fenced(String reason) -> answerAll(new CommandAnswer.NotReady(reason));
      case AppendOutcome.Unknown(String reason) -> {
        for (Pending each : pending) {
          each.submission()
              .complete(
                  switch (each.dependence()) {
                    case WRITTEN -> new CommandAnswer.OutcomeUnknown(reason);
                    case READ -> new CommandAnswer.NotReady(reason);
                  });
        }
      }
    }
  }

  private void answerAll(CommandAnswer answer) {
    pending.forEach(each -> each.submission().complete(answer));
  }
}
