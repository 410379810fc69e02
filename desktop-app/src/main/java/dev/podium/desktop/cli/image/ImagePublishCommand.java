package dev.podium.desktop.cli.image;

import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import dev.podium.fleet.image.desk.ImageDesk;
import dev.podium.fleet.image.publish.Cancellation;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `podium image publish`.
@Command(
    name = "publish",
    description =
        "Bring an archive of the image into a project: send it, boot one VM of it, and only when that"
            + " answers let the family move.",
    footer = {
      "",
      "If the network fails, run the same again: what has arrived is not sent again. Whatever else"
          + " fails leaves the family as it was and nothing behind; what a killed command left is"
          + " removed by the next one.",
      "One at a time in a project. Running VMs stay as they are."
    })
final class ImagePublishCommand extends PrintingCommand {
  private final Programs programs;
  private final Shutdown shutdown;

  @Parameters(
      paramLabel = "FILE",
      description = "The archive, podium-vm-VERSION-ARCH.tar.gz, with its .json beside it.")
  private Path file = Path.of("");

  @Mixin private ImageTarget target = new ImageTarget();
  @Mixin private PublishOptions options = new PublishOptions();

  ImagePublishCommand(Programs programs, Shutdown shutdown) {
    this.programs = programs;
    this.shutdown = shutdown;
  }

  @Override
  public Integer call() {
    ImageDesk desk = target.open(programs, options, shutdown);
    shutdown.add("The VM that proves the image", desk::abandon);
    PublishTalk talk = new PublishTalk(this);
    talk.tell(desk.publish(file, talk::tell, new Cancellation()));
    return 0;
  }
}
