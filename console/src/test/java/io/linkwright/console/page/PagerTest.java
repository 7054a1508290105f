package io.linkwright.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.console.api.Page;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PagerTest {
  private static final Pager.Address LINKS = new Pager.Address("/links", "edge=oslo");

  @Test
  void theFirstPageOfManyLeadsOnOnly() {
    Pager pager = pager(Place.START, rows(50, Optional.of("m~n")), Optional.of(120L));

    assertThat(pager.words()).contains("Links 1 to 50 of 120");
    assertThat(pager.previous()).isEmpty();
    assertThat(pager.next()).contains("/links?edge=oslo&after=m~n&from=51");
  }

  @Test
  void theLastPageLeadsBackOnly() {
    Place place = new Place(Optional.of("m~n"), 51);

    Pager pager = pager(place, rows(20, Optional.empty()), Optional.empty());

    assertThat(pager.words()).contains("Links 51 to 70");
    assertThat(pager.previous()).contains("/links?edge=oslo&before=m~n");
    assertThat(pager.first()).isEqualTo("/links?edge=oslo");
    assertThat(pager.next()).isEmpty();
  }

  @Test
  void aPageThatEmptiedStillLeadsBack() {
    Place place = new Place(Optional.of("m~n"), 51);

    Pager pager = pager(place, rows(0, Optional.empty()), Optional.of(50L));

    assertThat(pager.words()).contains("No more links");
    assertThat(pager.isAlone()).isFalse();
  }

  @Test
  void anEmptyTableHasNothingToSay() {
    Pager pager = pager(Place.START, rows(0, Optional.empty()), Optional.of(0L));

    assertThat(pager.words()).isEmpty();
    assertThat(pager.isAlone()).isTrue();
  }

  private static Pager pager(Place place, Page<String> page, Optional<Long> total) {
    return Pager.of(LINKS, place, page, "Links", total);
  }

  private static Page<String> rows(int count, Optional<String> next) {
    return new Page<>(Collections.nCopies(count, "row"), next);
  }
}
