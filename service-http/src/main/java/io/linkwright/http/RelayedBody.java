package io.linkwright.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The body of another instance's answer on its way to a client. Filled by the HTTP client's
 * threads, one piece at a time; emptied by the thread of the request.
 */
final class RelayedBody implements Flow.Subscriber<List<ByteBuffer>>, AutoCloseable {
  /**
   * Three heartbeats of an event stream. An instance whose machine has died closes no connection.
   */
  static final Duration MAX_SILENCE = Duration.ofSeconds(45);

  /** One piece, since one is asked for at a time, and the end behind it. */
  private static final int MAX_WAITING = 2;

  private final BlockingQueue<Optional<List<ByteBuffer>>> pieces =
      new ArrayBlockingQueue<>(MAX_WAITING);
  private final AtomicReference<Flow.Subscription> source = new AtomicReference<>();

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    source.set(subscription);
    subscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> piece) {
    pieces.add(Optional.of(piece));
  }

  @Override
  public void onComplete() {
    end();
  }

  /** The instance is gone: the client sees an end, and asks again. */
  @Override
  public void onError(Throwable gone) {
    end();
  }

  /** Ends the copy behind what has come so far. */
  void end() {
    // Refused only if an end waits already.
    var _ = pieces.offer(Optional.empty());
  }

  /**
   * Copies until the end, or until nothing has come for {@link #MAX_SILENCE}.
   *
   * @throws IOException if the client is gone
   */
  void copyTo(OutputStream output) throws IOException, InterruptedException {
    Optional<List<ByteBuffer>> piece = next();
    while (piece.isPresent()) {
      for (ByteBuffer buffer : piece.get()) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        output.write(bytes);
      }
      output.flush();
      source.get().request(1);
      piece = next();
    }
  }

  private Optional<List<ByteBuffer>> next() throws InterruptedException {
    Optional<List<ByteBuffer>> next = pieces.poll(MAX_SILENCE.toMillis(), TimeUnit.MILLISECONDS);
    return next == null ? Optional.empty() : next;
  }

  /** Closes the connection to the instance, unless its answer has come to its end. */
  @Override
  public void close() {
    Flow.Subscription subscription = source.get();
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
