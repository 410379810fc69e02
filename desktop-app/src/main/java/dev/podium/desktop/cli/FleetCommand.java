package dev.podium.desktop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.core.event.ActivityExport;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What the commands about a fleet have in common: whom they ask, and in which form they print.
@Command
abstract class FleetCommand extends PrintingCommand {
  private final Programs programs;
  private final Shutdown shutdown;

  @Mixin private Target target = new Target();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json|jsonl|csv",
      defaultValue = "table",
      description = "Form of what is printed; a table by default.")
  private Form form = Form.TABLE;

  FleetCommand(Programs programs, Shutdown shutdown) {
    this.programs = programs;
    this.shutdown = shutdown;
  }

  @Override
  public final Integer call() {
    return run(target.open(programs, shutdown));
  }

  /// @return the exit code
  abstract int run(ApiClient api);

  /// Prints the API's own JSON of one thing, or the rows as a table.
  final void print(JsonNode json, List<String> header, List<List<String>> rows) {
    print(json, List.of(json), header, rows);
  }

  /// Prints the API's own JSON of a list, or the rows as a table.
  ///
  /// @param elements what is a line each where the form is one object a line; there may be none
  final void print(
      JsonNode json, Iterable<JsonNode> elements, List<String> header, List<List<String>> rows) {
    switch (form) {
      case TABLE -> print(new Table(header, rows).toString());
      case JSON -> print(Json.pretty(json));
      case JSONL -> elements.forEach(element -> print(element.toString()));
      case CSV -> {
        print(
            ActivityExport.csvLine(
                header.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList()));
        rows.forEach(row -> print(ActivityExport.csvLine(row)));
      }
    }
  }

  /// The form that was asked for.
  final Form form() {
    return form;
  }

  /// Prints the API's own JSON, or a sentence.
  final void print(JsonNode json, String sentence) {
    switch (form) {
      case TABLE, CSV -> print(sentence);
      case JSON -> print(Json.pretty(json));
      case JSONL -> print(json.toString());
    }
  }

  /// The path of a VM.
  static String path(String name) {
    return "v1/instances/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  /// How results are printed.
  enum Form {
    /// Columns for a person.
    TABLE,
    /// For a program.
    JSON,
    /// One object a line.
    JSONL,
    /// For a spreadsheet.
    CSV;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
