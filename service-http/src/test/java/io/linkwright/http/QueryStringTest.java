package io.linkwright.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QueryStringTest {

  @Test
  void readsPairsInTheirOrder() {
    assertThat(QueryString.parse("b=1&a=%C3%BC+x&c&d=e=f"))
        .containsExactly(entry("b", "1"), entry("a", "ü x"), entry("c", ""), entry("d", "e=f"));
  }

  @Test
  void readsNothingOutOfNothing() {
    assertThat(QueryString.parse(null)).isEmpty();
    assertThat(QueryString.parse("")).isEmpty();
  }

  @Test
  void refusesAsAWholeWhatItCannotReadAsAWhole() {
    for (String raw :
        List.of(
            "dryRun=true%",
            "dryRun=true%4",
            "dryRun=true%zz",
            "dryRun=%u0041",
            "dry%=true",
            "limit=%٣٤",
            "after=%C3",
            "after=%C0%80",
            "after=%ED%A0%80",
            "after=%ff",
            "after=a%00",
            "after=a%0d%0aX",
            "after=%C2%85",
            "a=1;b=2",
            "a=1&a=2",
            "a=1&%61=2",
            "=1",
            "&",
            "a=1&",
            "a=1&&b=2",
            "a=\"",
            "a=ü")) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> QueryString.parse(raw))
          .satisfies(refused -> assertThat(refused.problem().status()).isEqualTo(400));
    }
  }

  @Test
  void refusesMorePairsThanAnyFormHas() {
    String raw = String.join("&", Collections.nCopies(QueryString.MAX_PAIRS + 1, "a=1"));

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> QueryString.parse(raw))
        .withMessageContaining("more than 100");
  }
}
