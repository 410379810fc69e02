package dev.podium.desktop.cli.image;

import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import dev.podium.desktop.program.image.ImageKit;
import dev.podium.fleet.image.desk.ImageDesk;
import dev.podium.fleet.image.publish.Cancellation;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `podium image bake`.
@Command(
    name = "bake",
    description =
        "Let the cloud make the image: a VM of Debian 12 fetches the agent's package from Cloud"
            + " Storage, installs it and turns itself off. Then as with publish.",
    footer = {
      "",
      "The VM needs no way out: without an external address its subnet needs Private Google Access."
          + " Network, subnet, account and Secure Boot are the profile's.",
      "It takes five to ten minutes and a few cents. Whatever fails leaves the family as it was and"
          + " nothing behind."
    })
final class ImageBakeCommand extends PrintingCommand {
  private final Programs programs;
  private final Shutdown shutdown;

  @Mixin private AgentPackage agent = new AgentPackage();

  @Mixin private ImageTarget target = new ImageTarget();
  @Mixin private PublishOptions options = new PublishOptions();

  ImageBakeCommand(Programs programs, Shutdown shutdown) {
    this.programs = programs;
    this.shutdown = shutdown;
  }

  @Override
  public Integer call() {
    Path file = agent.in(ImageKit.of(System.getProperties()));
    ImageDesk desk = target.open(programs, options, shutdown);
    shutdown.add("The VM that installs the agent", desk::abandon);
    PublishTalk talk = new PublishTalk(this);
    talk.tell(desk.bake(file, talk::tell, new Cancellation()));
    return 0;
  }
}
