package dev.podium.desktop.cli.image;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How an image is published.
final class PublishOptions {
  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Make the VM that proves it in this zone; those of the fleet by default.")
  private @Nullable String zone;

  @Option(
      names = "--machine-type",
      paramLabel = "T",
      description = "Of that VM; a small one by default.")
  private @Nullable String machineType;

  @Option(
      names = "--bucket",
      paramLabel = "B",
      description =
          "A bucket of Cloud Storage to send it through; by default one of the project's own, which"
              + " is made, and empties itself after two days.")
  private @Nullable String bucket;

  @Option(
      names = "--keep",
      paramLabel = "N",
      description = "How many images of the family stay in use; 3 by default.")
  private @Nullable Integer keep;

  Optional<String> zone() {
    return Optional.ofNullable(zone);
  }

  Optional<String> machineType() {
    return Optional.ofNullable(machineType);
  }

  Optional<String> bucket() {
    return Optional.ofNullable(bucket);
  }

  Optional<Integer> keep() {
    return Optional.ofNullable(keep);
  }
}
