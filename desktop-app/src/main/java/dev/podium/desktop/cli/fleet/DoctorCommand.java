package dev.podium.desktop.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.client.FleetTarget;
import dev.podium.desktop.cli.text.JsonText;
import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.desktop.cli.text.Table;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Programs.Finding;
import dev.podium.desktop.program.Programs.PreflightRequest;
import dev.podium.desktop.program.Shutdown;
import dev.podium.fleet.preflight.Preflight;
import dev.podium.fleet.preflight.PreflightReport;
import dev.podium.fleet.preflight.check.CheckName;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `podium doctor`.
@Command(
    name = "doctor",
    description = "Look at all that Podium needs, and say what to do where it is missing.",
    footer = {
      "",
      "Exit codes: 0 all is well, 1 something is missing or could not be asked, 2 wrong usage. Of a"
          + " project: 0 nothing stands in the way of a fleet, 1 something does. With"
          + " --leaks: 0 nothing is left that has yet to end or to be cleaned, 1 something is, or it"
          + " could not be asked."
    })
public final class DoctorCommand extends PrintingCommand {
  private static final Set<String> OPEN = Set.of("ENDING", "YOUNG", "CLEANABLE");

  private final Programs programs;
  private final Shutdown shutdown;

  @Mixin private FleetTarget target = new FleetTarget();

  @Option(
      names = "--leaks",
      description =
          "Look instead for what the fleet left in the cloud, and say what becomes of it. Without a"
              + " server or console that runs, one is started for it.")
  private boolean leaks;

  @Option(
      names = "--clean",
      description =
          "With --leaks: delete the disks and subscriptions of VMs that are gone; never a VM.")
  private boolean clean;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      description = "The same as --json where it is json.")
  private @Nullable Output output;

  @ArgGroup(exclusive = false, heading = "%nA project, before it is used:%n")
  private @Nullable ProjectQuestion question;

  /// How results are printed.
  enum Output {
    TABLE,
    JSON
  }

  /// Which project is looked at, and what is done there.
  static final class ProjectQuestion {
    @Option(
        names = "--project",
        paramLabel = "P",
        description =
            "Check this project: sign-in, billing, APIs, rights, image, network, quotas, Pub/Sub."
                + " Nothing is changed in it.")
    private @Nullable String project;

    @Option(
        names = "--profile",
        paramLabel = "NAME",
        description = "Check the project of this profile.")
    private @Nullable String profile;

    @Option(
        names = "--adc",
        description = "Ask by Application Default Credentials although somebody is signed in.")
    private boolean defaultCredentials;

    @Option(
        names = "--cloud",
        paramLabel = "URL",
        description = "Check a local cloud that runs, by any address of it.")
    private @Nullable URI cloud;

    @Option(
        names = "--try",
        description = "Also send a message through one temporary topic and back, and remove it.")
    private boolean message;

    @Option(
        names = "--fix",
        paramLabel = "CHECK",
        description = "Do first what this check advises: apis, firewall or vm-role.")
    private @Nullable String fix;

    /// As it was typed, for lines that a person runs next.
    private String words() {
      StringBuilder words = new StringBuilder();
      append(words, "--project", project);
      append(words, "--profile", profile);
      append(words, "--cloud", cloud);
      if (defaultCredentials) {
        words.append(" --adc");
      }
      return words.toString();
    }

    private static void append(StringBuilder words, String option, @Nullable Object value) {
      if (value != null) {
        words.append(' ').append(option).append(' ').append(value);
      }
    }

    private PreflightRequest request() {
      return new PreflightRequest(
          Optional.ofNullable(project),
          Optional.ofNullable(profile),
          Optional.ofNullable(cloud),
          defaultCredentials);
    }
  }

  public DoctorCommand(Programs programs, Shutdown shutdown) {
    this.programs = programs;
    this.shutdown = shutdown;
  }

  @Override
  public Integer call() {
    if (leaks) {
      return leaks(target.open(programs, shutdown));
    }
    if (clean) {
      throw new ParameterException(spec().commandLine(), "--clean needs --leaks");
    }
    return question == null ? look() : preflight(question);
  }

  private boolean wantsJson() {
    return json || output == Output.JSON;
  }

  private int preflight(ProjectQuestion asked) {
    Optional<CheckName> fix =
        Optional.ofNullable(asked.fix)
            .map(id ->
                CheckName.of(id)
                    .orElseThrow(() ->
                        new ParameterException(
                            spec().commandLine(),
                            "--fix "
                                + id
                                + " is no check; these can be fixed: apis, firewall, vm-role")));
    try (Preflight preflight = programs.preflight(asked.request())) {
      fix.ifPresent(preflight::fix);
      PreflightReport report = preflight.run(asked.message, _ -> {});
      PreflightText text = new PreflightText(report, asked.words());
      print(wantsJson() ? JsonText.pretty(text.json()) : text.table());
      return report.good() ? 0 : 1;
    }
  }

  private int look() {
    List<Finding> findings = programs.doctor();
    if (wantsJson()) {
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      var list = answer.putArray("findings");
      findings.forEach(finding ->
          list.addObject()
              .put("what", finding.what())
              .put("good", finding.good())
              .put("answer", finding.answer()));
      print(JsonText.pretty(answer));
    } else {
      List<List<String>> rows =
          findings.stream()
              .map(finding ->
                  List.of(finding.good() ? "ok" : "!!", finding.what(), finding.answer()))
              .toList();
      print(new Table(List.of("", "WHAT", "FOUND"), rows).toString());
    }
    return findings.stream().allMatch(Finding::good) ? 0 : 1;
  }

  private int leaks(ApiClient api) {
    JsonNode report = clean ? api.post("v1/leaks:clean", Map.of()) : api.get("v1/leaks");
    if (wantsJson()) {
      print(JsonText.pretty(report));
    } else {
      table(report);
    }
    String problem = report.path("problem").asText();
    if (!problem.isEmpty()) {
      complain(problem);
      return 1;
    }
    boolean open = false;
    for (JsonNode leak : report.path("leaks")) {
      open |= OPEN.contains(leak.path("fate").asText());
    }
    return open ? 1 : 0;
  }

  private void table(JsonNode report) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode leak : report.path("leaks")) {
      rows.add(
          List.of(
              leak.path("kind").asText().toLowerCase(Locale.ROOT),
              leak.path("name").asText(),
              leak.path("zone").asText(),
              leak.path("owner").asText(),
              leak.path("console").asText(),
              leak.path("since").asText(),
              String.format(Locale.ROOT, "%.4f", leak.path("costPerHour").asDouble()),
              leak.path("fate").asText().toLowerCase(Locale.ROOT),
              leak.path("reason").asText()));
    }
    if (!rows.isEmpty()) {
      print(
          new Table(
                  List.of(
                      "KIND", "NAME", "ZONE", "OWNER", "CONSOLE", "SINCE", "$/HOUR", "FATE", "WHY"),
                  rows)
              .toString());
    }
    if (report.path("problem").asText().isEmpty()) {
      print(report.path("sentence").asText());
    }
  }
}
