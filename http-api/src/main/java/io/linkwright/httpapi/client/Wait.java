package io.linkwright.httpapi.client;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The time that one request takes, with all its tries. Owned by the thread that waits. */
final class Wait {
  private final Patience patience;
  private final long beginNanos = System.nanoTime();
  private String reason = "no answer yet";
  private boolean told;

  Wait(Patience patience) {
    this.patience = patience;
  }

  /** Why it has to be waited on. */
  void because(String text) {
    reason = text;
  }

  /** Why it was waited at last. */
  String reason() {
    return reason;
  }

  /** Whether there is time for a pause and another try. */
  boolean allows(Duration pause) {
    return left().compareTo(pause) > 0;
  }

  /**
   * The answer, if it comes within what is left of the time.
   *
   * @throws TimeoutException if it does not; the answer is no longer waited for then
   * @throws ExecutionException if there will be none
   * @throws InterruptedException if the thread is interrupted; the same as with a timeout
   */
  <T> T on(Future<T> answer) throws TimeoutException, ExecutionException, InterruptedException {
    try {
      Duration quiet = Patience.QUIET.minus(elapsed());
      if (!told && quiet.compareTo(left()) < 0) {
        try {
          return answer.get(Math.max(0, quiet.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException longer) {
          tell();
        }
      }
      return answer.get(Math.max(0, left().toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | InterruptedException givenUp) {
      answer.cancel(true);
      throw givenUp;
    }
  }

  /** Waits before the next try. */
  void pause(Duration pause) {
    if (!told && elapsed().plus(pause).compareTo(Patience.QUIET) > 0) {
      tell();
    }
    LinkwrightApi.pause(pause);
  }

  private void tell() {
    told = true;
    patience.listener().accept(reason);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - beginNanos);
  }

  private Duration left() {
    return patience.limit().minus(elapsed());
  }
}
