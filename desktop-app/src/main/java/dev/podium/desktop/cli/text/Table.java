package dev.podium.desktop.cli.text;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Columns for a terminal: as wide as their widest cell, two blanks apart.
///
/// @param header the columns' names
/// @param rows each as long as the header
public record Table(List<String> header, List<List<String>> rows) {
  @Override
  public String toString() {
    List<Integer> widths =
        IntStream.range(0, header.size())
            .mapToObj(column -> lines().mapToInt(line -> line.get(column).length()).max().orElse(0))
            .toList();
    return lines().map(line -> line(line, widths)).collect(Collectors.joining("\n"));
  }

  private Stream<List<String>> lines() {
    return Stream.concat(Stream.of(header), rows.stream());
  }

  private static String line(List<String> cells, List<Integer> widths) {
    return IntStream.range(0, cells.size())
        .mapToObj(column -> padded(cells.get(column), widths.get(column)))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(width - cell.length());
  }
}
