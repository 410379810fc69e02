package dev.podium.desktop.cli.image;

import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `podium image`.
@Command(
    name = "image",
    description = "The disk image that VMs boot from: build, publish, bake, list, use and prune.",
    footer = {
      "",
      "Where a release comes with an archive of the image, publish that; where it does not, let the"
          + " cloud make one with bake."
    })
public final class ImageCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  public static CommandLine tree(Programs programs, Shutdown shutdown) {
    return new CommandLine(new ImageCommand())
        .addSubcommand(new ImageBuildCommand())
        .addSubcommand(new ImagePublishCommand(programs, shutdown))
        .addSubcommand(new ImageBakeCommand(programs, shutdown))
        .addSubcommand(new ImageListCommand(programs, shutdown))
        .addSubcommand(new ImageUseCommand(programs, shutdown))
        .addSubcommand(new ImagePruneCommand(programs, shutdown));
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: build, publish, bake, list, use or prune");
  }
}
