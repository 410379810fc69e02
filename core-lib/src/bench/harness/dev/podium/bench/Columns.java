package dev.podium.bench;

import java.util.List;
import java.util.stream.IntStream;

/// Text in columns, for a terminal: the first and the last flush left, those between flush right.
final class Columns {
  private Columns() {}

  static String aligned(List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths =
        IntStream.range(0, columns)
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        String padding = " ".repeat(widths[column] - row.get(column).length());
        boolean left = column == 0 || column == columns - 1;
        line.append(column == 0 ? "" : "  ")
            .append(left ? row.get(column) + padding : padding + row.get(column));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
