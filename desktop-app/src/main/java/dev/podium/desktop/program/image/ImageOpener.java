package dev.podium.desktop.program.image;

import dev.podium.desktop.program.Programs.ImageRequest;
import dev.podium.desktop.program.Shutdown;
import dev.podium.desktop.program.open.Operator;
import dev.podium.desktop.program.open.OperatorSessions;
import dev.podium.desktop.program.open.SavedPolicy;
import dev.podium.fleet.cloud.HttpHealthProbe;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.MachineSettings;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.google.GoogleCloud;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.image.desk.ImageDesk;
import dev.podium.fleet.image.publish.PublishPlan;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.wire.cloud.AccessTokens;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Opens the images of a project in the name of whoever is there to ask.
///
/// @param folders where policies are
/// @param operators who is signed in
public record ImageOpener(PodiumFolders folders, OperatorSessions operators) {
  /// By which the VM that installs the agent fetches its package.
  private static final String READ_STORAGE = "https://www.googleapis.com/auth/devstorage.read_only";

  /// @throws dev.podium.wire.model.PodiumException.NotFound if it is not known which project is
  ///   meant
  public ImageDesk open(ImageRequest request, Shutdown shutdown) {
    Operator asker = operators.asker(request.where(), PublishPlan.FLEET);
    return open(request, asker.profile(), asker.tokens(), asker.name(), shutdown);
  }

  /// The same for somebody who is known.
  public ImageDesk open(
      ImageRequest request,
      CloudProfile profile,
      AccessTokens tokens,
      String operator,
      Shutdown shutdown) {
    ScalingPolicy policy = SavedPolicy.of(folders, profile).open(HealthLimits.standard()).scaling();
    PublishPlan plan =
        new PublishPlan(
            request.family().orElse(PublishPlan.FAMILY),
            request.zone().map(List::of).orElse(policy.zones()),
            request.machineType(),
            profile.defaults().port(),
            request.keep().orElse(PublishPlan.KEEP),
            PublishPlan.BOOT_LIMIT,
            operator);
    HttpHealthProbe probe = shutdown.add("The probe of VMs of images", new HttpHealthProbe());
    return shutdown.add(
        "The clients for images",
        new ImageDesk(
            plan,
            GoogleCloud.images(profile, tokens),
            GoogleCloud.objects(profile, tokens, request.bucket()),
            GoogleCloud.compute(profile.with(reading(profile.machines())), tokens),
            probe,
            named(profile, policy),
            profile.local()));
  }

  private static MachineSettings reading(MachineSettings usual) {
    return new MachineSettings(
        usual.network(),
        usual.subnet(),
        usual.externalAddress(),
        usual.serviceAccount(),
        Stream.concat(usual.scopes().stream(), Stream.of(READ_STORAGE)).distinct().toList(),
        usual.tags(),
        usual.secureBoot());
  }

  /// What the profiles of this computer for that project name, and the fleet's policy.
  private Set<String> named(CloudProfile profile, ScalingPolicy policy) {
    Set<String> named = new HashSet<>(Set.of(policy.image()));
    operators.profiles().list().stream()
        .filter(other -> other.project().equals(profile.project()))
        .map(other -> other.defaults().image())
        .flatMap(Optional::stream)
        .forEach(named::add);
    return named;
  }
}
