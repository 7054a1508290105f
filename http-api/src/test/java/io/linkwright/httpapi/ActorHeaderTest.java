package io.linkwright.httpapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ActorHeaderTest {

  @Test
  void everyNameComesBackAsItWasAndIsAscii() {
    for (String actor :
        List.of("alice", "Alice Müller", "東京", "100 %", "UTF-8''x", " padded ", "o'brien", "👩")) {
      String header = ActorHeader.encode(actor);

      assertThat(header.chars()).allMatch(character -> character >= 0x20 && character < 0x7f);
      assertThat(ActorHeader.decode(header)).isEqualTo(actor);
    }
  }

  @Test
  void plainAsciiStandsForItself() {
    assertThat(ActorHeader.encode("alice@example.org")).isEqualTo("alice@example.org");
    assertThat(ActorHeader.decode("100%")).isEqualTo("100%");
    assertThat(ActorHeader.encode("Alice Müller")).isEqualTo("UTF-8''Alice%20M%C3%BCller");
  }

  @Test
  void whatCannotBeKeptIsRefused() {
    for (String header :
        List.of(
            "",
            " ",
            "M\u00fcller",
            "M\u00c3\u00bcller",
            "a\u0001",
            "a\u007f",
            "UTF-8''",
            "UTF-8''%",
            "UTF-8''%C3",
            "UTF-8''%00",
            "UTF-8''a%0Ab",
            "UTF-8''%E2%80%AE",
            "x".repeat(129))) {
      assertThatIllegalArgumentException().isThrownBy(() -> ActorHeader.decode(header));
    }
  }
}
