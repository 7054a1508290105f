package io.linkwright.httpapi.client;

import io.linkwright.domain.group.RejectionCode;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/** A request that did not bring what was asked for; the message is meant for people. */
public abstract sealed class ApiException extends RuntimeException {

  /**
   * Whether it may be over when it is asked again later: the server starts, or is away. What it
   * refuses for good is not.
   */
  public boolean isPassing() {
    return switch (this) {
      case Refused refused -> RetryPolicy.isPassing(refused.problem().status());
      case Unreachable _, Unanswered _ -> true;
      case Interrupted _ -> false;
    };
  }

  private ApiException(String message) {
    super(message);
  }

  private ApiException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The server answered, and refused. */
  public static final class Refused extends ApiException {
    private final transient ApiProblem problem;

    Refused(ApiProblem problem) {
      super(problem.text());
      this.problem = problem;
    }

    /** What the server says. */
    public ApiProblem problem() {
      return problem;
    }

    /** Whether the server's reason has this stable name. */
    public boolean is(String code) {
      return problem.code().equals(code);
    }

    /** Whether this is why the command was refused. */
    public boolean is(RejectionCode code) {
      return is(code.name());
    }
  }

  /** Nothing answers, or what answers is not Linkwright. */
  public static final class Unreachable extends ApiException {
    Unreachable(URI server, String what, Throwable cause) {
      super(
          "no answer from %s: %s%nIs `linkwright up` running there? Name another server with --server or LINKWRIGHT_SERVER."
              .formatted(server, what),
          cause);
    }
  }

  /** The server takes longer than it is waited for. */
  public static final class Unanswered extends ApiException {
    Unanswered(URI server, Duration limit, String reason, Throwable cause) {
      super(
          "no answer from %s within %s: %s%n`linkwright health` says how it is there; --timeout waits longer."
              .formatted(server, limit.toString().substring(2).toLowerCase(Locale.ROOT), reason),
          cause);
    }

    private Unanswered(String message, Throwable cause) {
      super(message, cause);
    }

    /** The same of a command: it may have been done. */
    Unanswered of(ApiCommand command) {
      return new Unanswered(
          "%s%nWhether it was done is not known. Repeated with --idempotency-key %s it counts once."
              .formatted(getMessage(), command.idempotencyKey()),
          this);
    }
  }

  /** Interrupted while waiting; the thread's interrupt flag is set. */
  public static final class Interrupted extends ApiException {
    /** What interrupted it. */
    public Interrupted(InterruptedException cause) {
      super("interrupted while waiting for the server", cause);
    }
  }
}
