package io.linkwright.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.console.live.Signals.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LiveStreamsTest {
  private final RecentSnapshots recent = new RecentSnapshots();
  private final AtomicLong nanoTime = new AtomicLong();
  private final LiveStreams streams = new LiveStreams(recent, nanoTime::get);

  @Test
  void aBrowserThatShowsWhatIsSoIsToldOnlyThatItIsLive() throws Exception {
    Script script = new Script(List.of("one"), Signal.LOST);

    assertThat(events(script, snapshot("one").digest())).containsExactly("live", "offline");
  }

  @Test
  void aBrowserThatComesBackIsSentWhatChangedMeanwhile() throws Exception {
    recent.remember(snapshot("before"));
    Script script = new Script(List.of("after"), Signal.LOST);

    assertThat(events(script, snapshot("before").digest()))
        .containsExactly("patch", "live", "offline");
  }

  @Test
  void aBrowserThatShowsSomethingForgottenFetchesThePageAgain() throws Exception {
    Script script = new Script(List.of("one"), Signal.LOST);

    assertThat(events(script, "forgotten")).containsExactly("refresh", "offline");
  }

  @Test
  void aChangeIsSentAndAQuietTimeIsABeat() throws Exception {
    Script script =
        new Script(
            List.of("one", "two", "two", "two"),
            Signal.CHANGED,
            Signal.QUIET,
            Signal.CHANGED,
            Signal.LOST);

    assertThat(events(script, snapshot("one").digest()))
        .containsExactly("live", "patch", "beat", "offline");
  }

  @Test
  void signalsThatChangeNothingOnThePageAreNoSilenceToItsBrowser() throws Exception {
    Script script =
        new Script(
            Collections.nCopies(26, "one"),
            Stream.concat(Collections.nCopies(25, Signal.CHANGED).stream(), Stream.of(Signal.LOST))
                .toArray(Signal[]::new));

    // A second passes with each signal, and a browser waits for ten.
    assertThat(events(script, snapshot("one").digest()))
        .containsExactly("live", "beat", "beat", "offline");
  }

  @Test
  void whatFellSilentIsSeenInAQuietTimeToo() throws Exception {
    Script script = new Script(List.of("up", "unknown"), Signal.QUIET, Signal.LOST);

    assertThat(events(script, snapshot("up").digest())).containsExactly("live", "patch", "offline");
  }

  @Test
  void aConsoleThatStopsBeginsNoStream() throws Exception {
    streams.close();

    assertThat(events(new Script(List.of("one"), Signal.LOST), "")).containsExactly("offline");
  }

  private List<String> events(LiveView view, String seen) throws IOException, InterruptedException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    streams.serve(view, seen, output);
    return output
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("event: "))
        .map(line -> line.substring("event: ".length()))
        .toList();
  }

  private static Snapshot snapshot(String text) {
    return Snapshot.of(
        List.of(new Region.Single(new Fragment("a", "<p id=\"a\">%s</p>".formatted(text)))));
  }

  /**
   * A view that looks as written, one look after the other, and signals as written: a change after
   * a second, nothing for as long as it is waited for.
   */
  private final class Script implements LiveView, Signals {
    private final Deque<String> looks;
    private final Deque<Signal> signals;

    Script(List<String> looks, Signal... signals) {
      this.looks = new ArrayDeque<>(looks);
      this.signals = new ArrayDeque<>(Arrays.asList(signals));
    }

    @Override
    public Snapshot render() {
      return snapshot(looks.removeFirst());
    }

    @Override
    public Signals signals() {
      return this;
    }

    @Override
    public Signal await(Duration timeout) {
      Signal next = signals.removeFirst();
      Duration waited = next == Signal.QUIET ? timeout : Duration.ofSeconds(1);
      nanoTime.addAndGet(waited.toNanos());
      return next;
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
