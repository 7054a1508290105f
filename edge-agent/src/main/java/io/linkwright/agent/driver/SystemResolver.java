package io.linkwright.agent.driver;

import io.linkwright.domain.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the system's resolver, for a bounded time; it takes the first of several addresses. */
final class SystemResolver implements Resolver {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @Override
  public Optional<IpAddress> resolve(String host) {
    CompletableFuture<Optional<IpAddress>> answer = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> answer.complete(ask(host)));
    try {
      return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException unknown) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<IpAddress> ask(String host) {
    try {
      return Optional.of(IpAddress.ofBytes(InetAddress.getByName(host).getAddress()));
    } catch (UnknownHostException unknown) {
      return Optional.empty();
    }
  }
}
