package dev.podium.desktop.cli;

import dev.podium.desktop.cli.Programs.Finding;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `podium doctor`.
@Command(
    name = "doctor",
    description = "Look at all that Podium needs, and say what to do where it is missing.")
final class DoctorCommand implements Callable<Integer> {
  private final Programs programs;

  @Spec private CommandSpec spec = CommandSpec.create();

  DoctorCommand(Programs programs) {
    this.programs = programs;
  }

  @Override
  public Integer call() {
    List<Finding> findings = programs.doctor();
    List<List<String>> rows =
        findings.stream()
            .map(finding -> List.of(finding.good() ? "ok" : "!!", finding.what(), finding.answer()))
            .toList();
    spec.commandLine().getOut().println(new Table(List.of("", "WHAT", "FOUND"), rows));
    return findings.stream().allMatch(Finding::good) ? 0 : 1;
  }
}
