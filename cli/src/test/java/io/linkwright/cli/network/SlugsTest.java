package io.linkwright.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlugsTest {

  @ParameterizedTest
  @CsvSource({
    "Kansas City,            kansas-city",
    "'Washington, D.C.',     washington-d-c",
    "Zürich,                 zurich",
    "Ústí nad Labem,         usti-nad-labem",
    "Łódź,                   lodz",
    "Tromsø,                 tromso",
    "Gießen,                 giessen",
    "Þórshöfn,               thorshofn",
    "İzmir,                  izmir",
    "ﬁber ①,                 fiber-1",
    "--a__b--,               a-b",
    "UPPER,                  upper"
  })
  void aLabelBecomesTheIdOnePutsOnTheWire(String label, String id) {
    assertThat(new Slugs().next(label, "0").value()).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({"'', 4, node-4", "東京, n7, node-n7", "?!, 'x y', node-x-y", "Москва, 12, node-12"})
  void aLabelWithoutLatinLettersGivesWayToTheNodeId(String label, String nodeId, String id) {
    assertThat(new Slugs().next(label, nodeId).value()).isEqualTo(id);
  }

  @Test
  void repeatedLabelsAreNumbered() {
    Slugs slugs = new Slugs();

    assertThat(slugs.next("Brno", "0").value()).isEqualTo("brno");
    assertThat(slugs.next("Brno 2", "1").value()).isEqualTo("brno-2");
    assertThat(slugs.next("Brno", "2").value()).isEqualTo("brno-3");
    assertThat(slugs.next("brno", "3").value()).isEqualTo("brno-4");
  }

  @Test
  void longLabelsAreCutSoThatTheNumberFits() {
    Slugs slugs = new Slugs();
    String label = "x".repeat(80);

    assertThat(slugs.next(label, "0").value()).isEqualTo("x".repeat(63));
    assertThat(slugs.next(label, "1").value()).isEqualTo("x".repeat(61) + "-2");
  }

  @Test
  void anyTextGivesAnIdOfItsOwn() {
    Random random = new Random(20260101);
    Slugs slugs = new Slugs();
    Set<String> ids = new HashSet<>();

    for (int i = 0; i < 5_000; i++) {
      // EdgeId refuses what is not a slug.
      ids.add(slugs.next(randomText(random), randomText(random)).value());
    }

    assertThat(ids).hasSize(5_000);
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(70); length > 0; length--) {
      text.appendCodePoint(random.nextBoolean() ? random.nextInt(128) : random.nextInt(0x2FFF));
    }
    return text.toString();
  }
}
