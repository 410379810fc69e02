package dev.podium.desktop.cli.fleet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.desktop.cli.text.Table;
import dev.podium.fleet.preflight.CheckResult;
import dev.podium.fleet.preflight.PreflightReport;
import dev.podium.fleet.preflight.check.CheckState;
import dev.podium.fleet.preflight.check.Remedy;
import java.util.List;
import java.util.Locale;

/// A pre-flight for a terminal, and for programs.
///
/// @param question how the project was named on the command line, with a blank before
record PreflightText(PreflightReport report, String question) {
  /// What was found in columns, what helps below, and the sum in the last lines.
  String table() {
    List<List<String>> rows =
        report.results().stream()
            .map(result ->
                List.of(
                    mark(result.state()),
                    result.name().title(),
                    result.took().toMillis() + " ms",
                    result.found()))
            .toList();
    StringBuilder text =
        new StringBuilder(new Table(List.of("", "CHECK", "TIME", "FOUND"), rows).toString());
    report
        .results()
        .forEach(result -> result.remedy().ifPresent(remedy -> add(text, result, remedy)));
    return text.append("\n\n").append(verdict()).append('\n').append(cost()).toString();
  }

  private void add(StringBuilder text, CheckResult result, Remedy remedy) {
    text.append("\n\n").append(result.name().title()).append(": ").append(remedy.text());
    remedy.commands().forEach(line -> text.append("\n    ").append(line));
    remedy.page().ifPresent(page -> text.append("\n    ").append(page));
    if (remedy.fixable()) {
      text.append("\n  or let Podium do it:\n    ").append(fixLine(result));
    }
  }

  private String fixLine(CheckResult result) {
    return "podium doctor" + question + " --fix " + result.name().id();
  }

  private static String mark(CheckState state) {
    return switch (state) {
      case OK -> "ok";
      case WARNING -> "!";
      case FAILED -> "!!";
      case UNKNOWN -> "?";
    };
  }

  private String verdict() {
    long failed = report.count(CheckState.FAILED);
    long unknown = report.count(CheckState.UNKNOWN);
    String sentence =
        failed > 0
            ? failed
                + (failed == 1 ? " thing stands" : " things stand")
                + " in the way of a fleet in "
            : "Nothing that was seen stands in the way of a fleet in ";
    return sentence
        + report.project()
        + (unknown > 0 ? "; " + unknown + " could not be looked at." : ".");
  }

  private String cost() {
    if (report.hourlyCost().isEmpty()) {
      return "What a VM costs is not known.";
    }
    double dollars = report.hourlyCost().getAsDouble();
    return dollars == 0
        ? "A VM costs nothing here."
        : String.format(
            Locale.ROOT,
            "One VM costs about $%.4f an hour: machine, boot disk and address, by list prices.",
            dollars);
  }

  ObjectNode json() {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("project", report.project());
    answer.put("good", report.good());
    var checks = answer.putArray("checks");
    for (CheckResult result : report.results()) {
      ObjectNode check = checks.addObject();
      check.put("name", result.name().id());
      check.put("title", result.name().title());
      check.put("state", result.state().name().toLowerCase(Locale.ROOT));
      check.put("millis", result.took().toMillis());
      check.put("found", result.found());
      result.remedy().ifPresent(remedy -> check.set("remedy", json(result, remedy)));
    }
    report
        .hourlyCost()
        .ifPresentOrElse(
            dollars -> answer.put("costPerHour", dollars), () -> answer.putNull("costPerHour"));
    return answer;
  }

  private ObjectNode json(CheckResult result, Remedy remedy) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("text", remedy.text());
    remedy.commands().forEach(node.putArray("commands")::add);
    remedy.page().ifPresent(page -> node.put("page", page.toString()));
    if (remedy.fixable()) {
      node.put("fix", fixLine(result));
    }
    return node;
  }
}
