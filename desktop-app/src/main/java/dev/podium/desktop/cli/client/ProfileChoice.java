package dev.podium.desktop.cli.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// In whose name, and to which project: for every command that signs in.
public final class ProfileChoice {
  @Option(
      names = "--profile",
      paramLabel = "P",
      description = "The profile of the project; PODIUM_PROFILE's or the last one used by default.")
  private @Nullable String profile;

  @Option(
      names = "--adc",
      description =
          "Use Application Default Credentials: a service account's key, gcloud's, workload identity,"
              + " or those of the VM that this runs on. They are found by themselves where nobody"
              + " signed in.")
  private boolean defaultCredentials;

  /// The profile that was named, if one was.
  public Optional<String> profile() {
    return Optional.ofNullable(profile);
  }

  /// Whether Application Default Credentials are used although somebody is signed in.
  public boolean defaultCredentials() {
    return defaultCredentials;
  }

  /// Whether anything was said.
  public boolean made() {
    return profile != null || defaultCredentials;
  }
}
