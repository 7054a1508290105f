package io.linkwright.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DisplayNameTest {

  @Test
  void takesWhatCanBeSeen() {
    for (String name :
        List.of("Zürich", "東京", "مكتب", "👩‍👩‍👧", "a\u200db", "\u200fתל אביב", "1", "é", "·")) {
      assertThat(DisplayName.fault(name)).isEmpty();
    }
  }

  @Test
  void refusesWhatNobodySees() {
    for (String name :
        List.of(
            "",
            " ",
            "\u00a0\u3000",
            "\u200b",
            "\u202e\u202c",
            "\u2066\u2069",
            "\u200e\u200f\u061c",
            "\ufeff",
            "\u00ad",
            "\ufe0f",
            "\u0301",
            "\u3164",
            "\u2800",
            "\udb40\udc41")) {
      assertThat(DisplayName.fault(name))
          .hasValueSatisfying(text -> assertThat(text).contains("visible"));
    }
  }

  @Test
  void refusesWhatBreaksLines() {
    for (String name :
        List.of("a\0", "a\nb", "a\u0085b", "a\u2028b", "a\u2029", "a\u001b[31m", "a\u009bm")) {
      assertThat(DisplayName.fault(name)).isPresent();
    }
  }

  @Test
  void refusesHalfCharacters() {
    for (String name : List.of("a\ud800", "\udc00b", "\ud800\ud800")) {
      assertThat(DisplayName.fault(name)).isPresent();
    }
  }
}
