package io.linkwright.terminal.output;

import static io.linkwright.terminal.output.Table.left;
import static io.linkwright.terminal.output.Table.right;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linkwright.domain.text.Printable;
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

    assertThat(rendered.lines()).containsExactly("NAME", "a\\u001b[2Jb\\nc");
  }

  @Test
  void aCellCannotForgeALineOrTurnWhatStandsBesideIt() {
    Table table = new Table(left("NAME"), left("X"));
    table.row("a\u2028b\u0085c", "|").row("\u202Egnp.exe", "|").row("\u05D0\u05D1", "|");

    assertThat(table.render("").lines())
        .containsExactly(
            "NAME             X",
            "a\\u2028b\\u0085c  |",
            "\\u202egnp.exe    |",
            "\u2068\u05D0\u05D1\u2069               |");
    assertThat(Printable.of(Printable.of("\u05D0: x"))).isEqualTo(Printable.of("\u05D0: x"));
    assertThat(Printable.of("\u2069\u05D0")).isEqualTo("\u2068\\u2069\u05D0\u2069");
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
