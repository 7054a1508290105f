package io.linkwright.command.writer;

import io.linkwright.domain.group.CommandEnvelope;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A command on its way through a writer. Whoever submitted it may withdraw it until the writer
 * takes it; the answer comes once. Thread-safe.
 */
public final class Submission {
  /** Whether the command is to be done or only decided. */
  public enum Mode {
    /** Decide and write. */
    EXECUTE,
    /** Decide and answer; write nothing, remember nothing. */
    DRY_RUN
  }

  private enum Stage {
    WAITING,
    TAKEN,
    WITHDRAWN
  }

  private final CommandEnvelope envelope;
  private final Mode mode;
  private final Optional<String> clientKey;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
  private final CompletableFuture<CommandAnswer> answer = new CompletableFuture<>();

  /** A command of nobody's key, waiting to be taken. */
  public Submission(CommandEnvelope envelope, Mode mode) {
    this(envelope, mode, Optional.empty());
  }

  /**
   * A command waiting to be taken.
   *
   * @param clientKey the client's {@code Idempotency-Key}, as former versions wrote it to the log
   */
  public Submission(CommandEnvelope envelope, Mode mode, Optional<String> clientKey) {
    this.envelope = envelope;
    this.mode = mode;
    this.clientKey = clientKey;
  }

  /** The command. */
  public CommandEnvelope envelope() {
    return envelope;
  }

  /** Whether it is to be done. */
  public Mode mode() {
    return mode;
  }

  /** Completed with the answer, never exceptionally. */
  public CompletableFuture<CommandAnswer> answer() {
    return answer;
  }

  /** Takes the command back; false if the writer has it, so that its outcome is the writer's. */
  public boolean withdraw() {
    return stage.compareAndSet(Stage.WAITING, Stage.WITHDRAWN);
  }

  /** Takes the command to decide it; false if it was withdrawn. */
  boolean take() {
    return stage.compareAndSet(Stage.WAITING, Stage.TAKEN);
  }

  void complete(CommandAnswer outcome) {
    answer.complete(outcome);
  }

  /** The client's key, if it gave one. */
  public Optional<String> clientKey() {
    return clientKey;
  }

  /** What this command was called on the log by former versions. */
  Optional<CommandKey> formerKey() {
    return clientKey.map(key -> new CommandKey(envelope.command().group(), key));
  }

  CommandKey key() {
    return new CommandKey(envelope.command().group(), envelope.commandId());
  }
}
