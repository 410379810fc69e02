package dev.podium.localcloud.state.storage;

import dev.podium.localcloud.state.Refusal;
import java.util.Optional;
import java.util.OptionalLong;

/// What a client wants to be true of an object, or of a bucket, before something happens to it.
///
/// @param generation the object's; 0 means that there must be none
/// @param notGeneration not the object's; 0 means that there must be one
/// @param metageneration the settings' count
/// @param notMetageneration not the settings' count
public record Preconditions(
    OptionalLong generation,
    OptionalLong notGeneration,
    OptionalLong metageneration,
    OptionalLong notMetageneration) {
  /// Nothing in particular.
  public static final Preconditions NONE =
      new Preconditions(
          OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  /// @param present the object as it is; empty if there is none
  /// @throws Refusal 412, or 304 if a reader has it already
  void check(Optional<StoredObject> present, boolean reading) {
    long now = present.map(StoredObject::generation).orElse(0L);
    check(now, present.map(StoredObject::metageneration).orElse(0L), reading);
  }

  /// @throws Refusal 412
  void check(Bucket present) {
    check(1, present.metageneration(), false);
  }

  private void check(long present, long count, boolean reading) {
    boolean met =
        (generation.isEmpty() || generation.getAsLong() == present)
            && (metageneration.isEmpty() || metageneration.getAsLong() == count);
    if (!met) {
      throw Refusal.conditionNotMet(
          "At least one of the pre-conditions you specified did not hold.");
    }
    boolean known =
        (notGeneration.isPresent() && notGeneration.getAsLong() == present)
            || (notMetageneration.isPresent() && notMetageneration.getAsLong() == count);
    if (known) {
      throw reading
          ? new Refusal(304, "notModified", "")
          : Refusal.conditionNotMet(
              "At least one of the pre-conditions you specified did not hold.");
    }
  }
}
