package dev.podium.desktop.cli.image;

import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import dev.podium.fleet.image.DiskImage;
import dev.podium.fleet.image.desk.ImageDesk;
import dev.podium.wire.text.CountText;
import java.io.Console;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `podium image prune`.
@Command(
    name = "prune",
    description =
        "Remove images for good that no VM uses, no profile names, and that are not among the newest.",
    footer = {
      "",
      "Without --yes it shows them and asks. It also removes what a killed publication left."
    })
final class ImagePruneCommand extends PrintingCommand {
  private final Programs programs;
  private final Shutdown shutdown;

  @Mixin private ImageTarget target = new ImageTarget();
  @Mixin private PublishOptions options = new PublishOptions();

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  ImagePruneCommand(Programs programs, Shutdown shutdown) {
    this.programs = programs;
    this.shutdown = shutdown;
  }

  @Override
  public Integer call() {
    ImageDesk desk = target.open(programs, options, shutdown);
    List<DiskImage> prunable = desk.prunable();
    if (prunable.isEmpty()) {
      print("There is nothing to remove.");
      return 0;
    }
    prunable.forEach(image -> print(image.name()));
    if (!yes && !asked(prunable.size())) {
      print("Nothing was removed.");
      return 0;
    }
    int code = each(prunable.stream().map(DiskImage::name).toList(), desk::delete);
    String left = desk.cleanUp();
    print(
        CountText.of(prunable.size(), "image")
            + " that cost "
            + PublishTalk.month(
                OptionalDouble.of(
                    prunable.stream().mapToDouble(image -> image.costPerMonth().orElse(0)).sum()))
            + (code == 0 ? " removed." : ": not all could be removed.")
            + (left.isEmpty() ? "" : " " + left + "."));
    return code;
  }

  private boolean asked(int count) {
    // Where this program's runtime has no module for it, there is none.
    Console console =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .orElseThrow(() ->
                new ParameterException(
                    spec().commandLine(), "Nobody can be asked here; say --yes to remove them"));
    String answer =
        console.readLine("Remove %s for good? [y/N] ", CountText.choose(count, "it", "them"));
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }
}
