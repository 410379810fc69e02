package dev.podium.fleet.image.publish;

import dev.podium.fleet.image.DiskImage;
import dev.podium.fleet.image.ImageArchive;
import dev.podium.fleet.image.NewImage;
import dev.podium.fleet.image.ObjectStore;
import dev.podium.fleet.image.publish.PublishProgress.Step;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.PodiumException;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Publishes an archive: sends it, makes an image of it, proves that, and moves the family. Blocks;
/// for one thread.
///
/// A failure of the network leaves in the bucket what has arrived, so that the next call goes on
/// there. Every other failure leaves nothing.
public final class Publication {
  private final PublishPlan plan;
  private final ObjectStore store;
  private final PublishLeftovers leftovers;
  private final ImageRelease release;
  private final Ticker ticker;
  private final Consumer<PublishProgress> told;
  private final Cancellation cancellation;

  public Publication(
      PublishPlan plan,
      ObjectStore store,
      PublishLeftovers leftovers,
      ImageRelease release,
      Ticker ticker) {
    this.plan = plan;
    this.store = store;
    this.leftovers = leftovers;
    this.release = release;
    this.ticker = ticker;
    this.told = release.told();
    this.cancellation = release.cancellation();
  }

  /// @param file as `podium image build` made it
  /// @throws PodiumException with the family as it was
  public ImageRelease.Released run(Path file) {
    told.accept(PublishProgress.of(Step.PREPARE, "reading " + file.getFileName()));
    ImageArchive archive = ImageArchive.open(file);
    FileUpload upload = new FileUpload(store, archive.file(), told, cancellation);
    String found = leftovers.remove(upload.folder());
    if (!found.isEmpty()) {
      told.accept(PublishProgress.of(Step.PREPARE, found));
    }
    store.ensure(plan.region());
    boolean resumable = false;
    try {
      String object = upload.run();
      return release.run(wanted(archive, store.url(object)), archive.version());
    } catch (PodiumException.Unavailable
        | PodiumException.RateLimited
        | PodiumException.NotSignedIn later) {
      resumable = !cancellation.isCancelled();
      throw later;
    } finally {
      if (!resumable) {
        leftovers.removeObjects(upload.folder());
      }
    }
  }

  private NewImage wanted(ImageArchive archive, String url) {
    return new NewImage(
        plan.imageName(archive.version(), ticker.wall()),
        "Podium agent " + archive.version() + ", published by " + plan.operator(),
        plan.labels(archive.version(), DiskImage.CANDIDATE),
        new NewImage.Source.Archive(url),
        archive.architecture(),
        archive.guestFeatures());
  }
}
