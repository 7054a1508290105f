package io.linkwright.systemtests;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A series of echo requests, and which of them were never answered. {@code ping} stops listening
 * twice its longest round trip after its last request, and on a machine that is busy for a moment
 * counts answers as lost that are only late. So it sends some more than are judged.
 *
 * @param count of requests that are judged
 */
record Pings(int count, Duration interval) {
  private static final Duration LISTENING = Duration.ofMillis(500);

  /** What a series may take beyond its intervals, each of which a busy machine makes longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Pattern ANSWER = Pattern.compile("icmp_seq=(\\d+)");

  /** Sends them, and gives the numbers of those without an answer, counted from 1. */
  List<Integer> lost(Shell shell, String address) {
    String line =
        String.format(
            Locale.ROOT,
            "ping -n -i %.3f -c %d %s",
            interval.toMillis() / 1e3,
            count + LISTENING.dividedBy(interval),
            address);
    Set<Integer> answered =
        ANSWER
            .matcher(shell.run(line, interval.multipliedBy(count).plus(PATIENCE)))
            .results()
            .map(answer -> Integer.valueOf(answer.group(1)))
            .collect(Collectors.toSet());
    return IntStream.rangeClosed(1, count)
        .boxed()
        .filter(request -> !answered.contains(request))
        .toList();
  }
}
