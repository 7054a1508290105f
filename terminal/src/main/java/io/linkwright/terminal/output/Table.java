package io.linkwright.terminal.output;

import io.linkwright.domain.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An aligned table: a heading in capitals, a row a line, two spaces between columns. What stands in
 * a cell stays in it. Owned by one thread.
 */
public final class Table {
  private static final String GAP = "  ";

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  /** A column and the side its cells lean to. */
  public sealed interface Column {
    /** The heading. */
    String heading();

    /** Text. */
    record Left(String heading) implements Column {}

    /** Numbers. */
    record Right(String heading) implements Column {}
  }

  /** An empty table with these columns. */
  public Table(Column... columns) {
    this.columns = List.of(columns);
  }

  /** A column of text. */
  public static Column left(String heading) {
    return new Column.Left(heading);
  }

  /** A column of numbers. */
  public static Column right(String heading) {
    return new Column.Right(heading);
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if there are more or fewer cells than columns
   */
  public Table row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns".formatted(cells.length, columns.size()));
    }
    rows.add(
        IntStream.range(0, cells.length)
            .mapToObj(i -> Printable.of(String.valueOf(cells[i])))
            .toList());
    return this;
  }

  /** The table, each line prefixed with {@code indent}, without a line break at the end. */
  public String render(String indent) {
    int[] widths =
        IntStream.range(0, columns.size())
            .map(
                i ->
                    Math.max(
                        DisplayWidth.of(columns.get(i).heading()),
                        rows.stream().mapToInt(row -> DisplayWidth.of(row.get(i))).max().orElse(0)))
            .toArray();
    List<String> lines = new ArrayList<>();
    lines.add(line(columns.stream().map(Column::heading).toList(), widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines.stream()
        .map(line -> (indent + line).stripTrailing())
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private String line(List<String> cells, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(i -> padded(columns.get(i), cells.get(i), widths[i]))
        .collect(Collectors.joining(GAP));
  }

  private static String padded(Column column, String cell, int width) {
    String padding = " ".repeat(width - DisplayWidth.of(cell));
    return switch (column) {
      case Column.Left left -> cell + padding;
      case Column.Right right -> padding + cell;
    };
  }
}
