package dev.podium.localcloud.conformance;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Calls every method of an API once, and tells of each whether the server has it. Where a name is
/// asked for, it gives one that does not exist.
final class MethodTable {

  /// What became of one method.
  enum Kind {
    /// Answered with the method's own shape, or refused with a reason that only a server that has
    /// the method could give.
    IMPLEMENTED,
    /// 405, 501, or 404 that names no resource.
    UNKNOWN
  }

  /// @param faults what is wrong with the answer's shape
  record Row(ApiMethod method, Kind kind, Answer answer, List<String> faults) {}

  private static final Set<String> BODY_VERBS = Set.of("POST", "PUT", "PATCH");

  private final AnswerJudge judge;
  private final String base;
  private final Wire wire;

  MethodTable(AnswerJudge judge, URI base) {
    this.judge = judge;
    this.base = base.getPath();
    this.wire = new Wire(base);
  }

  List<Row> rows(String project, String zone) {
    return judge.discovery().methods().stream().map(m -> row(m, project, zone)).toList();
  }

  private Row row(ApiMethod method, String project, String zone) {
    String path = base + method.pathWith(project, zone, "nothing-of-that-name");
    String body = BODY_VERBS.contains(method.verb()) && method.request() != null ? "{}" : "";
    Answer answer =
        wire.send(method.verb(), path, Map.of("Content-Type", "application/json"), body);
    return new Row(method, kind(answer), answer, judge.faults(method.verb(), path, answer));
  }

  private static Kind kind(Answer answer) {
    boolean nothingThere =
        answer.status() == 501
            || answer.status() == 405
            || (answer.status() == 404 && !answer.text().contains("esource"));
    return nothingThere ? Kind.UNKNOWN : Kind.IMPLEMENTED;
  }

  /// The table as Markdown: one line a method, those that the server has first.
  static String markdown(List<Row> rows) {
    return rows.stream()
        .sorted(java.util.Comparator.comparing(Row::kind).thenComparing(r -> r.method().id()))
        .map(row ->
            "| %s | %s %s | %s | %d |"
                .formatted(
                    row.method().id(),
                    row.method().verb(),
                    row.method().template(),
                    row.kind().name().toLowerCase(java.util.Locale.ROOT),
                    row.answer().status()))
        .collect(
            Collectors.joining(
                "\n", "| method | request | here | status |\n|---|---|---|---|\n", "\n"));
  }
}
