package io.linkwright.cli.output;

import static io.linkwright.cli.output.Table.left;
import static io.linkwright.cli.output.Table.right;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void textLeansLeftAndNumbersLeanRight() {
    Table table = new Table(left("NAME"), right("LINKS"), left("NOTE"));
    table.row("denver", 3, "").row("kansas-city", 12, "isolated");

    assertThat(table.render("  ").lines())
        .containsExactly(
            "  NAME         LINKS  NOTE", "  denver           3", "  kansas-city     12  isolated");
  }

  @Test
  void columnsStandStraightWhateverTheScript() {
    Table table = new Table(left("NAME"), left("X"));
    table.row("東京", "|").row("Zürich", "|").row("Zu\u0308rich", "|").row("plain", "|");

    assertThat(table.render("").lines())
        .containsExactly("NAME    X", "東京    |", "Zürich  |", "Zu\u0308rich  |", "plain   |");
  }

  @Test
  void aCellCannotSteerTheTerminal() {
    String rendered = new Table(left("NAME")).row("a\u001b[2Jb\nc").render("");

    assertThat(rendered.lines()).containsExactly("NAME", "a\uFFFD[2Jb\uFFFDc");
  }

  @Test
  void anEmptyTableIsItsHeading() {
    assertThat(new Table(left("A"), right("B")).render("")).isEqualTo("A  B");
  }

  @Test
  void aRowMustFillAllColumns() {
    Table table = new Table(left("A"), left("B"));

    assertThatThrownBy(() -> table.row("one")).isInstanceOf(IllegalArgumentException.class);
  }
}
