package dev.podium.fleet.image.desk;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.HealthProbe;
import dev.podium.fleet.image.DiskImage;
import dev.podium.fleet.image.ImageCloud;
import dev.podium.fleet.image.ImageInventory;
import dev.podium.fleet.image.ObjectStore;
import dev.podium.fleet.image.bake.Bake;
import dev.podium.fleet.image.publish.Cancellation;
import dev.podium.fleet.image.publish.ImageRelease;
import dev.podium.fleet.image.publish.OwnVms;
import dev.podium.fleet.image.publish.Publication;
import dev.podium.fleet.image.publish.PublishLeftovers;
import dev.podium.fleet.image.publish.PublishPlan;
import dev.podium.fleet.image.publish.PublishProgress;
import dev.podium.fleet.image.publish.TrialBoot;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// All that is done with images of one project, for commands and the window. Each method blocks and
/// may be called from any thread; one publication at a time.
///
/// @param plan where and how images are published
/// @param named what profiles and policies name, which is never pruned
/// @param local whether the cloud's VMs are processes, in which nothing can be installed
public record ImageDesk(
    PublishPlan plan,
    ImageCloud images,
    ObjectStore store,
    ComputeCloud compute,
    HealthProbe probe,
    Set<String> named,
    boolean local)
    implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(2);

  public ImageDesk {
    named = Set.copyOf(named);
  }

  /// The images of the family, and whatever else Podium made.
  public List<ImageInventory.Row> list() {
    return ImageInventory.of(images).rows(plan.family());
  }

  /// Publishes an archive.
  ///
  /// @param told how far it is; returns at once
  public ImageRelease.Released publish(
      Path archive, Consumer<PublishProgress> told, Cancellation cancellation) {
    return new Publication(plan, store, leftovers(), release(told, cancellation), Ticker.system())
        .run(archive);
  }

  /// Lets the cloud make the image of the agent's package.
  ///
  /// @throws PodiumException.Invalid on a local cloud
  public ImageRelease.Released bake(
      Path agentPackage, Consumer<PublishProgress> told, Cancellation cancellation) {
    if (local) {
      throw new PodiumException.Invalid(
          "The image was not baked",
          "a VM of the local cloud is a process without a Debian inside, and runs no startup script",
          "Bake in a project of Google Cloud, or publish an archive here.");
    }
    return new Bake(
            plan,
            compute,
            store,
            vms(),
            leftovers(),
            release(told, cancellation),
            Ticker.system(),
            Bake.LIMIT)
        .run(agentPackage);
  }

  /// The images that nobody needs.
  public List<DiskImage> prunable() {
    return ImageInventory.of(images).prunable(plan.family(), plan.keep(), named);
  }

  /// Removes an image for good.
  public void delete(String name) {
    images.delete(name);
  }

  /// Removes what publications left that were killed.
  ///
  /// @return what there was, for people; empty if nothing
  public String cleanUp() {
    return leftovers().remove("-");
  }

  /// Ends every VM of a publication, as well as it goes: for who is being stopped.
  public void abandon() {
    try {
      vms().removeAll();
    } catch (PodiumException unreached) {
      // The cloud itself ends what is left, and the next publication removes it before.
      System.getLogger(ImageDesk.class.getName())
          .log(System.Logger.Level.DEBUG, unreached.sentence());
    }
  }

  private OwnVms vms() {
    return new OwnVms(compute, plan.zones(), LOOK);
  }

  private PublishLeftovers leftovers() {
    return new PublishLeftovers(vms(), images, store);
  }

  private ImageRelease release(Consumer<PublishProgress> told, Cancellation cancellation) {
    return new ImageRelease(
        plan,
        images,
        new TrialBoot(plan, vms(), compute, probe, Ticker.system()),
        told,
        cancellation);
  }

  @Override
  public void close() {
    store.close();
    images.close();
    compute.close();
  }
}
