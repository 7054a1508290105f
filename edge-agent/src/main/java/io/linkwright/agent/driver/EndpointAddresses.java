package io.linkwright.agent.driver;

import io.linkwright.domain.address.IpAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The addresses of the links' endpoints. A name that is not known is asked for again after one
 * interval, then two, four and so on; one that is known after the longest of them, since it may
 * move. An address that was known once is kept while the name service is silent. Thread-safe.
 */
final class EndpointAddresses {
  /** Waits between two questions for a name, in intervals. */
  private static final int MAX_WAIT_INTERVALS = 12;

  private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?\\d+");

  private final Resolver resolver;
  private final DriverClock clock;
  private final long intervalNanos;

  /** Guarded by this; as many as the links' endpoints have names. */
  private final Map<String, Answer> answers = new HashMap<>();

  /**
   * What is known of a name.
   *
   * @param failures in a row, since it was last known
   */
  private record Answer(Optional<IpAddress> address, int failures, long askAgainNanos) {
    boolean isDue(long nowNanos) {
      return nowNanos - askAgainNanos >= 0;
    }
  }

  EndpointAddresses(Resolver resolver, DriverClock clock, Duration interval) {
    this.resolver = resolver;
    this.clock = clock;
    this.intervalNanos = interval.toNanos();
  }

  /** What is an address is its own; a name has what was last heard of it. */
  Optional<IpAddress> addressOf(String host) {
    if (isAddress(host)) {
      return Optional.of(IpAddress.parse(host));
    }
    synchronized (this) {
      return Optional.ofNullable(answers.get(host)).flatMap(Answer::address);
    }
  }

  /** Asks for the names among these that were not asked for yet. Takes a bounded time. */
  void learn(Set<String> hosts) {
    Set<String> unasked = new TreeSet<>(hosts);
    unasked.removeIf(EndpointAddresses::isAddress);
    synchronized (this) {
      unasked.removeAll(answers.keySet());
    }
    ask(unasked);
  }

  /** Asks again for what is due, and forgets what is not among these. Takes a bounded time. */
  void refresh(Set<String> hosts) {
    long nowNanos = clock.monotonicNanos().getAsLong();
    Set<String> due = new TreeSet<>(hosts);
    due.removeIf(EndpointAddresses::isAddress);
    synchronized (this) {
      answers.keySet().retainAll(hosts);
      due.removeIf(host -> answers.containsKey(host) && !answers.get(host).isDue(nowNanos));
    }
    ask(due);
  }

  private void ask(Set<String> hosts) {
    if (hosts.isEmpty()) {
      return;
    }
    Map<String, IpAddress> found = resolver.resolve(hosts);
    long nowNanos = clock.monotonicNanos().getAsLong();
    synchronized (this) {
      for (String host : hosts) {
        answers.compute(
            host,
            (_, before) ->
                found.containsKey(host)
                    ? known(found.get(host), nowNanos)
                    : failed(Optional.ofNullable(before), nowNanos));
      }
    }
  }

  private Answer known(IpAddress address, long nowNanos) {
    return new Answer(Optional.of(address), 0, nowNanos + MAX_WAIT_INTERVALS * intervalNanos);
  }

  private Answer failed(Optional<Answer> before, long nowNanos) {
    int failures = before.map(Answer::failures).orElse(0) + 1;
    long intervals = failures > MAX_WAIT_INTERVALS ? MAX_WAIT_INTERVALS : 1L << (failures - 1);
    return new Answer(
        before.flatMap(Answer::address),
        failures,
        nowNanos + Math.min(intervals, MAX_WAIT_INTERVALS) * intervalNanos);
  }

  /** An IPv6 address has colons, and no name's last label is a number (RFC 1123 section 2.1). */
  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || ENDS_IN_NUMBER.matcher(host).matches();
  }
}
