package dev.podium.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lets Podium and its peers measure the same figures in turns, and prints the medians side by
/// side. So whatever else the machine does hits all of them alike. For one thread.
///
/// ```java
/// new Race("Listing 10,000 VMs", WALL)
///     .enter("Podium", () -> Map.of(WALL, …))
///     .enter("@google-cloud/compute", () -> Map.of(WALL, …))
///     .run(5);
/// ```
public final class Race {
  private final String title;
  private final List<Figure> figures;
  private final List<Contestant> contestants = new ArrayList<>();
  private final List<String> absent = new ArrayList<>();

  /// One round: does the work once and tells what was measured.
  @FunctionalInterface
  public interface Round {
    /// @return a value for each figure, or for fewer where this contestant has no such thing
    Map<Figure, Double> measure() throws Exception;
  }

  private record Contestant(String name, Round round, Map<Figure, List<Double>> values) {
    void measure() throws Exception {
      round
          .measure()
          .forEach(
              (figure, value) -> values.computeIfAbsent(figure, _ -> new ArrayList<>()).add(value));
    }

    /// @return not a number where nothing was measured
    double median(Figure figure) {
      List<Double> sorted = values.getOrDefault(figure, List.of()).stream().sorted().toList();
      return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }
  }

  /// @param title names the table
  /// @param figures its rows, in order
  public Race(String title, Figure... figures) {
    this.title = title;
    this.figures = List.of(figures);
  }

  /// Enters a contestant: first ours, then the peers. Goals are held against the first peer.
  public Race enter(String name, Round round) {
    contestants.add(new Contestant(name, round, new HashMap<>()));
    return this;
  }

  /// Names a peer that cannot take part here.
  public Race leaveOut(String name, String why) {
    absent.add("left out: " + name + ", because " + why);
    return this;
  }

  /// Runs one round that does not count and then `rounds` that do, and prints the table on the
  /// standard output.
  ///
  /// @throws Exception of the first round that fails
  public void run(int rounds) throws Exception {
    for (Contestant contestant : contestants) {
      var _ = contestant.round().measure();
    }
    for (int round = 0; round < rounds; round++) {
      for (Contestant contestant : contestants) {
        contestant.measure();
      }
    }
    System.out.print(table(rounds));
    System.out.flush();
  }

  /// Runs one round, which counts, for what cannot be done twice, and prints the table.
  ///
  /// @throws Exception of the round that fails
  public void runOnce() throws Exception {
    for (Contestant contestant : contestants) {
      contestant.measure();
    }
    System.out.print(table(1));
    System.out.flush();
  }

  private String table(int rounds) {
    StringBuilder text = new StringBuilder("\n" + title + "\n");
    text.append(rounds == 1 ? "one round" : "medians of " + rounds + " rounds, in turns");
    int processors = Runtime.getRuntime().availableProcessors();
    text.append(", ").append(processors).append(" processors\n");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", contestants.getFirst().name(), "peer's", "ratio", "goal", "peer"));
    figures.forEach(figure -> addRows(rows, figure));
    text.append(Columns.aligned(rows));
    for (Figure figure : figures) {
      if (!figure.limit().isEmpty()) {
        text.append("  ").append(figure.what()).append(": ").append(figure.limit()).append('\n');
      }
    }
    absent.forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }

  private void addRows(List<List<String>> rows, Figure figure) {
    double ours = contestants.getFirst().median(figure);
    List<Contestant> peers = contestants.subList(1, contestants.size());
    if (peers.isEmpty()) {
      rows.add(
          List.of(figure.what(), figure.shown(ours), "", "", figure.goal(ours, Double.NaN), ""));
    }
    for (Contestant peer : peers) {
      double theirs = peer.median(figure);
      rows.add(
          List.of(
              figure.what(),
              figure.shown(ours),
              figure.shown(theirs),
              Double.isNaN(theirs) ? "" : "%.2f".formatted(ours / theirs),
              peer.equals(peers.getFirst()) ? figure.goal(ours, theirs) : "",
              peer.name()));
    }
  }
}
