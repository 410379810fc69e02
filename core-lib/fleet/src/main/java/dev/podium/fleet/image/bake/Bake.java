package dev.podium.fleet.image.bake;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.image.DiskImage;
import dev.podium.fleet.image.ImageArchive;
import dev.podium.fleet.image.NewImage;
import dev.podium.fleet.image.ObjectStore;
import dev.podium.fleet.image.publish.Cancellation;
import dev.podium.fleet.image.publish.FileUpload;
import dev.podium.fleet.image.publish.ImageRelease;
import dev.podium.fleet.image.publish.OwnVms;
import dev.podium.fleet.image.publish.PublishLeftovers;
import dev.podium.fleet.image.publish.PublishPlan;
import dev.podium.fleet.image.publish.PublishProgress;
import dev.podium.fleet.image.publish.PublishProgress.Step;
import dev.podium.fleet.image.publish.SerialWords;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmSpec;
import dev.podium.fleet.model.VmState;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Lets the cloud make the image: sends the agent's package, lets a VM of Debian's install it and
/// turn itself off, and makes the image of its disk. What follows is as with any image. Blocks; for
/// one thread. Whatever fails leaves the family as it was and nothing else.
///
/// @param compute makes VMs whose tokens may read Cloud Storage
/// @param limit how long the VM may take
public record Bake(
    PublishPlan plan,
    ComputeCloud compute,
    ObjectStore store,
    OwnVms vms,
    PublishLeftovers leftovers,
    ImageRelease release,
    Ticker ticker,
    Duration limit) {
  /// A machine of a shared core takes two or three minutes.
  public static final Duration LIMIT = Duration.ofMinutes(20);

  private static final String DEBIAN = "projects/debian-cloud/global/images/family/debian-12";
  private static final int DISK_GB = 10;

  /// @param path of the agent's package
  public ImageRelease.Released run(Path path) {
    tell(Step.PREPARE, "reading " + path.getFileName());
    AgentPackage agent = AgentPackage.open(path);
    FileUpload upload = new FileUpload(store, agent.file(), release.told(), release.cancellation());
    String found = leftovers.remove(upload.folder());
    if (!found.isEmpty()) {
      tell(Step.PREPARE, found);
    }
    store.ensure(plan.region());
    try {
      return install(agent, upload.run());
    } finally {
      leftovers.removeObjects(upload.folder());
    }
  }

  private ImageRelease.Released install(AgentPackage agent, String object) {
    Cancellation cancellation = release.cancellation();
    cancellation.check();
    tell(Step.INSTALL, "a VM of Debian installs the package");
    String image = DEBIAN + (agent.architecture().equals("ARM64") ? "-arm64" : "");
    VmSpec made =
        vms.make(zone ->
            plan.vm(
                "bake",
                zone,
                image,
                agent.architecture(),
                DISK_GB,
                BakeScript.metadata(store.url(object), agent.file().sha256())));
    try {
      letRead(made);
      await(made, cancellation);
      return release.run(wanted(agent, made), agent.version());
    } finally {
      vms.remove(made);
    }
  }

  /// Where nobody may give that right, the VM's account may have it all the same; the script tells.
  private void letRead(VmSpec made) {
    String account =
        compute.get(made.zone(), made.name()).map(vm -> vm.resources().serviceAccount()).orElse("");
    try {
      if (!account.isEmpty()) {
        store.letRead(account);
      }
    } catch (PodiumException.NotPermitted unchanged) {
      tell(Step.INSTALL, unchanged.sentence());
    }
  }

  private void await(VmSpec made, Cancellation cancellation) {
    long start = ticker.nanos();
    while (true) {
      cancellation.check();
      Optional<Vm> vm = compute.get(made.zone(), made.name());
      String serial = vms.serial(made);
      Optional<String> failure = BakeScript.failure(serial);
      if (failure.isPresent()) {
        throw failed(failure.get());
      }
      boolean off = vm.map(Vm::state).filter(VmState.TERMINATED::equals).isPresent();
      if (off && BakeScript.isDone(serial)) {
        return;
      }
      if (vm.isEmpty() || off) {
        throw failed("its VM ended before it was done" + SerialWords.last(serial));
      }
      if (Duration.ofNanos(ticker.nanos() - start).compareTo(limit) > 0) {
        throw failed(
            "its VM was not done within "
                + DurationText.inSeconds(limit)
                + SerialWords.last(serial));
      }
      vms.pause();
    }
  }

  private PodiumException failed(String why) {
    return new PodiumException.CloudFailed(
        "The image was not baked",
        why,
        "Mend that and bake again, or publish an archive with 'podium image publish'; the family '"
            + plan.family()
            + "' is as it was.",
        null);
  }

  private NewImage wanted(AgentPackage agent, VmSpec made) {
    return new NewImage(
        plan.imageName(agent.version(), ticker.wall()),
        "Podium agent " + agent.version() + " on Debian 12, baked by " + plan.operator(),
        plan.labels(agent.version(), DiskImage.CANDIDATE),
        new NewImage.Source.Disk(made.zone(), made.name().value()),
        agent.architecture(),
        ImageArchive.USUAL_FEATURES);
  }

  private void tell(Step step, String words) {
    release.told().accept(PublishProgress.of(step, words));
  }
}
