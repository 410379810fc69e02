package dev.podium.desktop.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.client.FleetTarget;
import dev.podium.desktop.cli.text.JsonText;
import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.desktop.cli.text.Table;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import dev.podium.fleet.event.ActivityExport;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// What the commands about a fleet have in common: whom they ask, and in which form they print.
@Command
public abstract class FleetCommand extends PrintingCommand {
  private final Programs programs;
  private final Shutdown shutdown;

  @Mixin private FleetTarget target = new FleetTarget();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json|jsonl|csv",
      defaultValue = "table",
      description = "Form of what is printed; a table by default.")
  private Form form = Form.TABLE;

  public FleetCommand(Programs programs, Shutdown shutdown) {
    this.programs = programs;
    this.shutdown = shutdown;
  }

  @Override
  public final Integer call() {
    if (form == Form.SECRET && !hasSecret()) {
      throw new ParameterException(
          spec().commandLine(), "-o secret is for a command that makes a key");
    }
    checkUsage();
    return run(target.open(programs, shutdown));
  }

  /// Refuses options that cannot be, before anybody is asked.
  ///
  /// @throws ParameterException with a sentence
  protected void checkUsage() {}

  /// Whether it makes a secret, to be printed alone with [Form#SECRET].
  protected boolean hasSecret() {
    return false;
  }

  /// @return the exit code
  public abstract int run(ApiClient api);

  /// Prints the API's own JSON of one thing, or the rows as a table.
  public final void print(JsonNode json, List<String> header, List<List<String>> rows) {
    print(json, List.of(json), header, rows);
  }

  /// Prints the API's own JSON of a list, or the rows as a table.
  ///
  /// @param elements what is a line each where the form is one object a line; there may be none
  public final void print(
      JsonNode json, Iterable<JsonNode> elements, List<String> header, List<List<String>> rows) {
    Table table = new Table(header, rows);
    print(json, elements, table, table);
  }

  /// As above, where a spreadsheet needs other columns than a person.
  public final void print(JsonNode json, Iterable<JsonNode> elements, Table table, Table csv) {
    switch (form) {
      case TABLE, SECRET -> print(table.toString());
      case JSON -> print(JsonText.pretty(json));
      case JSONL -> elements.forEach(element -> print(element.toString()));
      case CSV -> {
        print(
            ActivityExport.csvLine(
                csv.header().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList()));
        csv.rows().forEach(row -> print(ActivityExport.csvLine(row)));
      }
    }
  }

  /// The form that was asked for.
  public final Form form() {
    return form;
  }

  /// Prints the API's own JSON, or a sentence.
  public final void print(JsonNode json, String sentence) {
    switch (form) {
      case TABLE, CSV, SECRET -> print(sentence);
      case JSON -> print(JsonText.pretty(json));
      case JSONL -> print(json.toString());
    }
  }

  /// Where people read it, says on stderr if no VM is made by itself until somebody mends
  /// something.
  protected final void tellIfStopped(ApiClient api) {
    if (form == Form.TABLE) {
      api.find("v1/scaler")
          .filter(scaler -> scaler.path("state").asText().equals("STOPPED"))
          .ifPresent(scaler ->
              complain(
                  scaler.path("reason").asText()
                      + " "
                      + scaler.path("remedy").asText()
                      + " Once that is done: podium policy resume"));
    }
  }

  /// The path of a VM.
  public static String path(String name) {
    return "v1/instances/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  /// How results are printed.
  public enum Form {
    /// Columns for a person.
    TABLE,
    /// For a program.
    JSON,
    /// One object a line.
    JSONL,
    /// For a spreadsheet.
    CSV,
    /// The secret that was made, and nothing else.
    SECRET;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
