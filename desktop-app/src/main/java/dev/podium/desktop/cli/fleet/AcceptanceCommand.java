package dev.podium.desktop.cli.fleet;

import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Programs.AcceptanceRequest;
import dev.podium.desktop.program.Programs.PreflightRequest;
import dev.podium.desktop.program.Shutdown;
import dev.podium.fleet.acceptance.AcceptanceReport;
import dev.podium.fleet.acceptance.AcceptanceStep;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `podium acceptance`.
@Command(
    name = "acceptance",
    description =
        "Prove in a project what only the real cloud can show: make two e2-micro Spot VMs, chat"
            + " across them, drain, destroy, and remove everything again. It takes 20 minutes and"
            + " one dollar at most, in practice a few cents.",
    footer = {
      "",
      "One run at a time in a project. What a run that was killed left has a limit of 20 minutes; the"
          + " next run, or --clean, removes it at once.",
      "The report holds no secret, so that it can be attached to an issue.",
      "Exit codes: 0 every promise was kept, 1 one was not or could not be tried, 2 wrong usage."
    })
public final class AcceptanceCommand extends PrintingCommand {
  private final Programs programs;
  private final Shutdown shutdown;

  @Option(names = "--project", paramLabel = "P", description = "The project to walk in.")
  private @Nullable String project;

  @Option(names = "--profile", paramLabel = "NAME", description = "The profile to walk with.")
  private @Nullable String profile;

  @Option(names = "--adc", description = "Ask by Application Default Credentials.")
  private boolean defaultCredentials;

  @Option(
      names = "--cloud",
      paramLabel = "URL",
      description = "Walk in a local cloud that runs, by any address of it.")
  private @Nullable URI cloud;

  @Option(names = "--zone", paramLabel = "ZONE", description = "Make the VMs in this zone.")
  private @Nullable String zone;

  @Option(names = "--image", paramLabel = "IMAGE", description = "Make the VMs from this image.")
  private @Nullable String image;

  @Option(names = "--report", paramLabel = "F", description = "Write the report to this file, too.")
  private @Nullable Path report;

  @Option(names = "--clean", description = "Only remove what earlier runs left.")
  private boolean clean;

  public AcceptanceCommand(Programs programs, Shutdown shutdown) {
    this.programs = programs;
    this.shutdown = shutdown;
  }

  @Override
  public Integer call() {
    if (project == null && profile == null && cloud == null && !defaultCredentials) {
      throw new ParameterException(
          spec().commandLine(), "Name the project: --project P, --profile NAME or --cloud URL");
    }
    PreflightRequest where =
        new PreflightRequest(
            Optional.ofNullable(project),
            Optional.ofNullable(profile),
            Optional.ofNullable(cloud),
            defaultCredentials);
    if (clean) {
      print("Of earlier runs: " + programs.cleanAcceptance(where, shutdown) + ".");
      return 0;
    }
    AcceptanceReport walked =
        programs.acceptance(
            new AcceptanceRequest(where, Optional.ofNullable(zone), Optional.ofNullable(image)),
            this::tell,
            shutdown);
    keep(walked.text());
    print("");
    print(walked.passed() ? "Every promise was kept." : "Not every promise was kept.");
    return walked.passed() ? 0 : 1;
  }

  private void tell(AcceptanceStep step) {
    String mark =
        switch (step.result()) {
          case KEPT -> "ok  ";
          case BROKEN -> "!!  ";
          case NOT_TRIED -> "--  ";
        };
    print(mark + step.promise() + (step.finding().isEmpty() ? "" : ": " + step.finding()));
  }

  private void keep(String text) {
    if (report == null) {
      return;
    }
    try {
      Files.writeString(report, text, StandardCharsets.UTF_8);
    } catch (IOException unwritable) {
      throw new PodiumException.NotPermitted(
          "The report was not written",
          "the file '" + report + "' cannot be",
          "Name another with --report.",
          unwritable);
    }
  }
}
