package dev.podium.desktop.cli.image;

import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.ProfileDraft;
import dev.podium.fleet.config.ProfileMember;
import dev.podium.fleet.image.ImageInventory.Row;
import dev.podium.wire.model.PodiumException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `podium image use`.
@Command(
    name = "use",
    description =
        "Make new VMs of the profile from one image, or from whatever is the newest of the family.",
    footer = {
      "",
      "VMs that run stay as they are; drain them to have them replaced. Consoles and servers see it"
          + " at their next start; one that runs takes it by 'podium policy set --image'."
    })
final class ImageUseCommand extends PrintingCommand {
  private final Programs programs;
  private final Shutdown shutdown;

  @Parameters(
      paramLabel = "IMAGE",
      description = "An image's name, or a family's, of which the newest is taken.")
  private String name = "";

  @Mixin private ImageTarget target = new ImageTarget();

  ImageUseCommand(Programs programs, Shutdown shutdown) {
    this.programs = programs;
    this.shutdown = shutdown;
  }

  @Override
  public Integer call() {
    Optional<CloudProfile> chosen =
        target.choice().profile().map(programs.profiles()::get).or(programs.profiles()::current);
    CloudProfile profile =
        chosen.orElseThrow(() ->
            new PodiumException.NotFound(
                "No profile uses image '" + name + "' now",
                "no project has been set up on this computer",
                "Set one up with 'podium login --project ID', or name the image with"
                    + " 'podium policy set --image'.",
                null));
    String reference = reference(target.open(programs, new PublishOptions(), shutdown).list());
    programs
        .profiles()
        .save(
            ProfileDraft.of(profile)
                .with(Map.of(ProfileMember.IMAGE, reference))
                .toProfile(profile));
    print("New VMs of profile '" + profile.name() + "' are made from " + reference + ".");
    return 0;
  }

  private String reference(List<Row> rows) {
    for (Row row : rows) {
      if (row.image().name().equals(name)) {
        if (row.image().candidate()) {
          throw new PodiumException.Invalid(
              "Image '" + name + "' cannot be used",
              "no VM of it was seen to serve",
              "Publish it again.");
        }
        return row.image().reference();
      }
    }
    boolean family =
        rows.stream().anyMatch(row -> row.image().family().filter(name::equals).isPresent());
    if (family) {
      return "global/images/family/" + name;
    }
    throw new PodiumException.NotFound(
        "There is no image or family '" + name + "'",
        "the project has none of that name",
        "See 'podium image list'.",
        null);
  }
}
