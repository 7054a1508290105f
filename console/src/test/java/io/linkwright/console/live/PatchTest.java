package io.linkwright.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.console.live.Patch.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PatchTest {
  private static final int RUNS = 2_000;

  @Test
  void thePatchLeadsFromAnySnapshotToAnyOther() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      List<Fragment> before = randomRows(random);
      List<Fragment> after = randomRows(random);

      List<Step> steps = Patch.between(snapshot("x", before), snapshot("x", after));

      assertThat(applied(before, steps)).as("seed %d run %d", seed, run).isEqualTo(after);
    }
  }

  @Test
  void rowsInKeyOrderArePatchedWithOneStepForEachDifference() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      Map<String, Fragment> before = sortedRows(random);
      Map<String, Fragment> after = sortedRows(random);
      long differences =
          before.keySet().stream().filter(id -> !after.containsKey(id)).count()
              + after.entrySet().stream()
                  .filter(row -> !row.getValue().equals(before.get(row.getKey())))
                  .count();

      List<Step> steps =
          Patch.between(
              snapshot("x", List.copyOf(before.values())),
              snapshot("x", List.copyOf(after.values())));

      assertThat(steps).as("seed %d run %d", seed, run).hasSize((int) differences);
    }
  }

  @Test
  void whatIsAloneIsReplacedWhenItDiffers() {
    Snapshot before = snapshot("old", List.of());
    Snapshot after = snapshot("new", List.of());

    List<Step> steps = Patch.between(before, after);

    assertThat(steps).containsExactly(new Step.Replace(head("new")));
    assertThat(Patch.html(steps))
        .isEqualTo("<template><div hx-swap-oob=\"true\" id=\"head\">new</div></template>\n");
  }

  @Test
  void anInsertedRowIsInATableSoThatBrowsersParseIt() {
    Snapshot before = snapshot("x", List.of(row("a", "1")));
    Snapshot after = snapshot("x", List.of(row("a", "1"), row("b", "2")));

    assertThat(Patch.html(Patch.between(before, after)))
        .isEqualTo(
            "<template><table hx-swap-oob=\"afterend:#row-a\"><tbody"
                + " id=\"row-b\">2</tbody></table></template>\n");
  }

  @Test
  void equalContentHasAnEqualDigestAndNoPatch() {
    Snapshot one = snapshot("x", List.of(row("a", "1")));
    Snapshot same = snapshot("x", List.of(row("a", "1")));
    Snapshot other = snapshot("x", List.of(row("a", "2")));

    assertThat(one.digest()).isEqualTo(same.digest()).isNotEqualTo(other.digest());
    assertThat(Patch.between(one, same)).isEmpty();
  }

  @Test
  void snapshotsOfDifferentPagesAreRefused() {
    Snapshot other = Snapshot.of(List.of(new Region.Single(head("x"))));

    assertThatThrownBy(() -> Patch.between(snapshot("x", List.of()), other))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFragmentMustBeTheElementOfItsId() {
    assertThatThrownBy(() -> new Fragment("a", "<p id=\"b\"></p>"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a");
  }

  /** What a browser has after the steps. */
  private static List<Fragment> applied(List<Fragment> before, List<Step> steps) {
    List<Fragment> rows = new ArrayList<>(before);
    for (Step step : steps) {
      switch (step) {
        case Step.Replace(Fragment fragment) -> rows.set(indexOf(rows, fragment.id()), fragment);
        case Step.InsertAfter(String preceding, _, Fragment fragment) ->
            rows.add(preceding.equals("anchor") ? 0 : indexOf(rows, preceding) + 1, fragment);
        case Step.Delete(String id) -> rows.remove(indexOf(rows, id));
      }
    }
    return rows;
  }

  private static int indexOf(List<Fragment> rows, String id) {
    return IntStream.range(0, rows.size())
        .filter(index -> rows.get(index).id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<Fragment> randomRows(Random random) {
    List<Fragment> rows = new ArrayList<>(sortedRows(random).values());
    if (random.nextInt(4) == 0) {
      Collections.shuffle(rows, random);
    }
    return rows;
  }

  private static Map<String, Fragment> sortedRows(Random random) {
    Map<String, Fragment> rows = new TreeMap<>();
    int count = random.nextInt(8);
    for (int index = 0; index < count; index++) {
      String id = Integer.toString(random.nextInt(10));
      rows.put("row-" + id, row(id, Integer.toString(random.nextInt(3))));
    }
    return rows;
  }

  private static Fragment row(String id, String text) {
    return new Fragment("row-" + id, "<tbody id=\"row-%s\">%s</tbody>".formatted(id, text));
  }

  private static Fragment head(String text) {
    return new Fragment("head", "<div id=\"head\">%s</div>".formatted(text));
  }

  private static Snapshot snapshot(String head, List<Fragment> rows) {
    return Snapshot.of(
        List.of(new Region.Single(head(head)), new Region.Listing("anchor", "table", rows)));
  }
}
