package io.linkwright.agent.driver.kernel;

/** The system underneath refused something. The message is for an operator and has no secrets. */
public final class KernelException extends Exception {
  /** With what it said, and where possible what to do about it. */
  public KernelException(String reason) {
    super(reason);
  }

  KernelException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
