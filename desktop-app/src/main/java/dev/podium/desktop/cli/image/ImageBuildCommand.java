package dev.podium.desktop.cli.image;

import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.desktop.program.image.ImageKit;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `podium image build`.
@Command(
    name = "build",
    description =
        "Build the image on this computer, out of Debian and the agent's package. For Linux; elsewhere"
            + " see bake.",
    footer = {
      "",
      "FOLDER gets podium-vm-VERSION-ARCH.tar.gz, which publish takes, its .json, and disk.raw.",
      "What it needs of Debian's packages it says itself."
    })
final class ImageBuildCommand extends PrintingCommand {
  @Parameters(paramLabel = "FOLDER", description = "Where the image is written.")
  private Path folder = Path.of("");

  @Mixin private AgentPackage agent = new AgentPackage();

  @Option(
      names = "--ssh",
      description = "Let people in by OS Login; otherwise nobody can sign in to a VM.")
  private boolean ssh;

  @Override
  public Integer call() {
    ImageKit kit = ImageKit.of(System.getProperties());
    Path script = kit.script();
    List<String> command = new ArrayList<>();
    command.add(script.toString());
    command.add(agent.in(kit).toString());
    command.add(folder.toString());
    if (ssh) {
      command.add("--ssh");
    }
    try {
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code == 0) {
        print("Publish it with 'podium image publish " + folder + "/podium-vm-….tar.gz'.");
      }
      return code == 0 ? 0 : 1;
    } catch (IOException absent) {
      throw new PodiumException.CloudFailed(
          "The image was not built",
          "'" + script + "' cannot be started",
          "It needs bash; or let the cloud make the image with 'podium image bake'.",
          absent);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }
}
