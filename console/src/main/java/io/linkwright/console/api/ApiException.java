package io.linkwright.console.api;

import io.linkwright.httpapi.client.ApiProblem;

/** A question that was not answered. */
public abstract sealed class ApiException extends RuntimeException {

  private ApiException(String message, Throwable cause) {
    super(message, cause, false, false);
  }

  /** The service answered, and refused. */
  public static final class Refused extends ApiException {
    private final transient ApiProblem problem;

    Refused(ApiProblem problem) {
      super(problem.detail(), null);
      this.problem = problem;
    }

    /** What the service says. */
    public ApiProblem problem() {
      return problem;
    }
  }

  /** Nothing answers in time, or what answers is not Linkwright. */
  public static final class Unreachable extends ApiException {
    Unreachable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
