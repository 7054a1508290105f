package io.linkwright.http;

/**
 * Ends a request with a problem. It stands for an answer and not for a fault, so it carries no
 * stack trace and is not logged.
 */
public final class ProblemException extends RuntimeException {
  private final transient Problem problem;

  /** Ends the request with {@code problem}. */
  public ProblemException(Problem problem) {
    super(problem.code() + ": " + problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** The answer. */
  public Problem problem() {
    return problem;
  }
}
