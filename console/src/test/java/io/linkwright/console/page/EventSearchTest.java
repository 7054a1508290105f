package io.linkwright.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.console.page.EventSearch.Found;
import io.linkwright.httpapi.answer.EventAnswer;
import io.linkwright.httpapi.answer.EventSubject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class EventSearchTest {
  private static final EventFilter EVERYTHING = by(Optional.empty());
  private static final EventFilter BY_ADA = by(Optional.of("ADA"));

  @Test
  void theFirstPageLeadsToOlderEventsOnly() {
    EventSearch search = new EventSearch(log(120, 1), EVERYTHING);

    Found first = search.until(120);
    assertThat(revisions(first)).startsWith(120L).endsWith(71L).hasSize(50);
    assertThat(first.older()).isEqualTo(70);
    assertThat(search.until(20)).isEqualTo(new Found(search.until(20).events(), 0));
  }

  @Test
  void thePageBeforeEndsRightAboveTheRevision() {
    EventSearch search = new EventSearch(log(220, 1), EVERYTHING);

    assertThat(search.endingWith(101, 220)).contains(150L);
    assertThat(revisions(search.until(150))).endsWith(101L).hasSize(50);
  }

  @Test
  void whatFitsOnTheFirstPageIsTheFirstPage() {
    EventSearch search = new EventSearch(log(150, 1), EVERYTHING);

    assertThat(search.endingWith(101, 150)).isEmpty();
    assertThat(search.endingWith(140, 150)).isEmpty();
    assertThat(search.endingWith(151, 150)).isEmpty();
  }

  @Test
  void aRareEventIsLookedForWithinBoundsBothWays() {
    EventSearch search = new EventSearch(log(20_000, 6_000), BY_ADA);

    assertThat(search.until(17_000)).isEqualTo(new Found(List.of(), 12_000));
    assertThat(revisions(search.until(12_000))).containsExactly(12_000L);
    assertThat(search.endingWith(12_001, 20_000)).contains(17_000L);
    assertThat(search.endingWith(17_001, 20_000)).isEmpty();
  }

  @Test
  void whoGoesOnAndThenBackSeesTheSamePages() {
    long seed = new Random().nextLong();
    System.out.println("seed=" + seed);
    Random random = new Random(seed);
    for (int run = 0; run < 50; run++) {
      long newest = 1L + random.nextInt(1_000);
      EventFilter filter = random.nextBoolean() ? EVERYTHING : BY_ADA;
      EventSearch search = new EventSearch(log(newest, 1 + random.nextInt(5)), filter);
      Deque<Found> passed = new ArrayDeque<>();
      Found page = search.until(newest);
      long until = newest;
      while (page.older() > 0) {
        passed.push(page);
        until = page.older();
        page = search.until(until);
      }
      while (!passed.isEmpty()) {
        Optional<Long> before = search.endingWith(until + 1, newest);
        until = before.orElse(newest);
        assertThat(search.until(until).events()).isEqualTo(passed.pop().events());
        assertThat(before.isEmpty()).as("first page").isEqualTo(passed.isEmpty());
      }
    }
  }

  private static List<Long> revisions(Found found) {
    return found.events().stream().map(EventAnswer::revision).toList();
  }

  private static EventFilter by(Optional<String> who) {
    return new EventFilter(Optional.empty(), who, Optional.empty(), Optional.empty());
  }

  /** Of every {@code nth} event the actor is Ada, of the others Bob. */
  private static EventSearch.Log log(long newest, int nth) {
    return (from, limit) ->
        LongStream.rangeClosed(from, Math.min(newest, from + limit - 1))
            .mapToObj(revision -> event(revision, revision % nth == 0 ? "ada" : "bob"))
            .toList();
  }

  private static EventAnswer event(long revision, String actor) {
    return new EventAnswer(
        revision,
        new UUID(0, revision),
        Instant.EPOCH,
        actor,
        "command",
        "GroupChanged",
        new EventSubject.OfGroup(Optional.empty()),
        List.of());
  }
}
