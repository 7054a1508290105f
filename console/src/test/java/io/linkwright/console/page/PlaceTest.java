package io.linkwright.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.linkwright.console.api.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PlaceTest {
  private static final List<String> ROWS =
      IntStream.rangeClosed(1, 330).mapToObj("row-%03d"::formatted).toList();

  @Test
  void goingBackThroughATableShowsTheSamePagesAsGoingForward() {
    for (int answerSize : new int[] {7, 50, 64, 1_000}) {
      Function<Optional<String>, Page<String>> service = service(answerSize);
      Place place = Place.START;
      for (int page = 0; page < 6; page++) {
        Place next = new Place(Optional.of(lastRowOf(place)), place.from() + Place.PAGE_SIZE);

        assertThat(Place.endingWith(next.after().orElseThrow(), service, row -> row))
            .isEqualTo(place);
        place = next;
      }
      assertThat(place.from()).isEqualTo(301);
    }
  }

  @Test
  void aRowThatIsGoneLeadsToTheFirstPage() {
    assertThat(Place.endingWith("row-999", service(50), row -> row)).isEqualTo(Place.START);
  }

  private static String lastRowOf(Place place) {
    return ROWS.get((int) place.from() + Place.PAGE_SIZE - 2);
  }

  /** Rows after an id, so many at a time. */
  private static Function<Optional<String>, Page<String>> service(int answerSize) {
    return after -> {
      List<String> rest =
          ROWS.stream().filter(row -> after.isEmpty() || row.compareTo(after.get()) > 0).toList();
      List<String> page = rest.subList(0, Math.min(answerSize, rest.size()));
      return new Page<>(
          page, page.size() < rest.size() ? Optional.of(page.getLast()) : Optional.empty());
    };
  }
}
