package dev.podium.desktop.cli.image;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.desktop.cli.text.JsonText;
import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.desktop.cli.text.Table;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import dev.podium.fleet.image.DiskImage;
import dev.podium.fleet.image.ImageInventory.Row;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `podium image list`.
@Command(
    name = "list",
    description = "List the images of the family, and which VMs use them.",
    footer = {
      "",
      "CURRENT is what new VMs are made from; CANDIDATE is one whose publication did not end."
    })
final class ImageListCommand extends PrintingCommand {
  private final Programs programs;
  private final Shutdown shutdown;

  @Mixin private ImageTarget target = new ImageTarget();

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  ImageListCommand(Programs programs, Shutdown shutdown) {
    this.programs = programs;
    this.shutdown = shutdown;
  }

  @Override
  public Integer call() {
    List<Row> rows = target.open(programs, new PublishOptions(), shutdown).list();
    if (json) {
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      var list = answer.putArray("images");
      rows.forEach(row -> list.add(json(row)));
      print(JsonText.pretty(answer));
    } else {
      print(
          new Table(
                  List.of("IMAGE", "FAMILY", "CREATED", "SIZE", "STATUS", "VMS", "A MONTH"),
                  rows.stream().map(ImageListCommand::cells).toList())
              .toString());
    }
    return 0;
  }

  private static List<String> cells(Row row) {
    DiskImage image = row.image();
    return List.of(
        image.name(),
        image.family().orElse("-"),
        image.created().toString().replaceFirst("T.*", ""),
        Math.max(1, image.archiveBytes() / 1_000_000) + " MB",
        row.status(),
        row.vms().isEmpty() ? "-" : String.join(" ", row.vms()),
        dollars(image.costPerMonth()));
  }

  private static String dollars(OptionalDouble month) {
    return month.isEmpty() ? "?" : "$%.2f".formatted(month.getAsDouble());
  }

  private static ObjectNode json(Row row) {
    DiskImage image = row.image();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", image.name());
    image.family().ifPresent(family -> node.put("family", family));
    node.put("architecture", image.architecture());
    node.put("created", image.created().toString());
    node.put("archiveBytes", image.archiveBytes());
    node.put("diskSizeGb", image.diskSizeGb());
    node.put("status", row.status().toLowerCase(Locale.ROOT));
    row.vms().forEach(node.putArray("vms")::add);
    image.costPerMonth().ifPresent(cost -> node.put("costPerMonth", cost));
    return node;
  }
}
