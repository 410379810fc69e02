package dev.podium.fleet.image.publish;

import dev.podium.fleet.image.DiskImage;
import dev.podium.fleet.image.ImageCloud;
import dev.podium.fleet.image.NewImage;
import dev.podium.wire.model.PodiumException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Makes an image, proves it, and only then moves the family. Blocks.
///
/// @param told how far it is
public record ImageRelease(
    PublishPlan plan,
    ImageCloud images,
    TrialBoot trial,
    Consumer<PublishProgress> told,
    Cancellation cancellation) {
  /// What has become of it.
  ///
  /// @param retired names of images that are not to be used any more
  /// @param remark what did not work after the family had moved; empty if all did
  public record Released(
      DiskImage image, TrialBoot.Seen seen, List<String> retired, String remark) {
    public Released {
      retired = List.copyOf(retired);
    }
  }

  /// @param version of the agent in it
  /// @throws PodiumException with the family as it was, and no image left
  public Released run(NewImage wanted, String version) {
    told.accept(PublishProgress.of(PublishProgress.Step.IMPORT, "the cloud makes the image"));
    images.create(wanted);
    boolean released = false;
    try {
      DiskImage made = required(wanted.name());
      told.accept(PublishProgress.of(PublishProgress.Step.BOOT, "a VM of the image boots"));
      TrialBoot.Seen seen = trial.boot(made, cancellation);
      cancellation.check();
      told.accept(
          PublishProgress.of(PublishProgress.Step.RELEASE, "family '" + plan.family() + "' moves"));
      images.release(made, plan.family(), plan.labels(version, DiskImage.PUBLISHED));
      released = true;
      return retired(required(wanted.name()), seen);
    } finally {
      if (!released) {
        remove(wanted.name());
      }
    }
  }

  private DiskImage required(String name) {
    return images
        .find(name)
        .orElseThrow(() ->
            new PodiumException.Conflict(
                "The image was not published",
                "somebody removed '" + name + "' meanwhile",
                "Let one person publish at a time, and publish it again.",
                null));
  }

  private void remove(String name) {
    try {
      images.delete(name);
    } catch (PodiumException unreached) {
      System.getLogger(ImageRelease.class.getName())
          .log(System.Logger.Level.WARNING, unreached.sentence());
    }
  }

  private Released retired(DiskImage image, TrialBoot.Seen seen) {
    List<String> retired = new ArrayList<>();
    String remark = "";
    try {
      List<DiskImage> older =
          images.list().stream()
              .filter(other -> other.family().filter(plan.family()::equals).isPresent())
              .filter(other -> other.usable() && !other.name().equals(image.name()))
              .skip(plan.keep() - 1L)
              .toList();
      for (DiskImage other : older) {
        images.retire(other.name(), image.name());
        retired.add(other.name());
      }
    } catch (PodiumException failure) {
      // The family has moved: that is what counts.
      remark = failure.sentence();
    }
    return new Released(image, seen, retired, remark);
  }
}
