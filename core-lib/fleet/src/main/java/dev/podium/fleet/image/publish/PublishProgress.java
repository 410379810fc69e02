package dev.podium.fleet.image.publish;

/// How far a publication is.
///
/// @param done of `total`, in bytes while an archive is uploaded
/// @param total 0 where nothing can be counted
/// @param words what is done at present, for people
public record PublishProgress(Step step, long done, long total, String words) {
  /// The steps, in order.
  public enum Step {
    /// What earlier ones left is removed, and the file is read.
    PREPARE,
    /// The file, or the agent's package, goes to Cloud Storage.
    UPLOAD,
    /// A VM installs the agent.
    INSTALL,
    /// The cloud makes an image of it.
    IMPORT,
    /// A VM of the image boots.
    BOOT,
    /// The family moves, and older images are retired.
    RELEASE
  }

  /// A step of which nothing can be counted.
  public static PublishProgress of(Step step, String words) {
    return new PublishProgress(step, 0, 0, words);
  }

  /// From 0 to 1; empty steps count as 0.
  public double share() {
    return total == 0 ? 0 : (double) done / total;
  }
}
