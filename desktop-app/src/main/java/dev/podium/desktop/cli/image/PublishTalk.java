package dev.podium.desktop.cli.image;

import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.fleet.image.DiskImage;
import dev.podium.fleet.image.publish.ImageRelease;
import dev.podium.fleet.image.publish.PublishProgress;
import java.util.Locale;
import java.util.OptionalDouble;

/// Tells a person at a terminal how far a publication is, a line for each change.
final class PublishTalk {
  private final PrintingCommand command;
  private String last = "";

  PublishTalk(PrintingCommand command) {
    this.command = command;
  }

  void tell(PublishProgress progress) {
    String line =
        "%-8s %s%s"
            .formatted(
                progress.step().name().toLowerCase(Locale.ROOT),
                progress.words(),
                progress.total() == 0 ? "" : ", " + Math.round(progress.share() * 100) + " %");
    if (!line.equals(last)) {
      command.tell(line);
      last = line;
    }
  }

  void tell(ImageRelease.Released released) {
    DiskImage image = released.image();
    command.print(
        "Family '"
            + image.family().orElse("")
            + "' is at "
            + image.name()
            + ": "
            + released.seen().words()
            + ".");
    if (!released.retired().isEmpty()) {
      command.print(
          "Not to be used any more: "
              + String.join(", ", released.retired())
              + "; 'podium image prune' removes them.");
    }
    if (!released.remark().isEmpty()) {
      command.tell("Older images were not retired: " + released.remark() + ".");
    }
    command.print(
        "It takes "
            + Math.max(1, image.archiveBytes() / 1_000_000)
            + " MB and costs "
            + month(image.costPerMonth())
            + (image.costPerMonth().orElse(1) == 0 ? "." : "; its VM cost less than a cent."));
  }

  /// What something costs a month.
  static String month(OptionalDouble dollars) {
    if (dollars.isEmpty()) {
      return "an amount that is not known";
    }
    double amount = dollars.getAsDouble();
    return amount == 0
        ? "nothing"
        : amount < 0.01 ? "less than a cent a month" : "about $%.2f a month".formatted(amount);
  }
}
