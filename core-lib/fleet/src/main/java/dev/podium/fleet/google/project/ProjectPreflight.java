package dev.podium.fleet.google.project;

import dev.podium.fleet.CreateRequest;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.fleet.preflight.Preflight;
import dev.podium.fleet.preflight.fact.PlannedVm;
import dev.podium.fleet.preflight.fact.ProjectView.SignIn;
import dev.podium.wire.cloud.AccessTokens;

/// Opens the pre-flight of a project, or of a local cloud.
public final class ProjectPreflight {
  /// Where the agent serves unless a VM's metadata says otherwise.
  private static final int CHAT_PORT = 8080;

  private ProjectPreflight() {}

  /// For VMs as Podium makes them by itself. Nothing is asked of the network yet.
  ///
  /// @param signIn whose tokens they are, and by what
  /// @param policy says of what the fleet is made
  public static Preflight open(
      CloudProfile profile, AccessTokens tokens, SignIn signIn, ScalingPolicy policy) {
    CreateRequest usual = CreateRequest.defaults();
    PlannedVm vm =
        new PlannedVm(
            profile,
            policy.zones(),
            policy.machineType(),
            policy.image(),
            usual.diskType(),
            usual.diskSizeGb(),
            CHAT_PORT);
    return new Preflight(vm, new GoogleProjectView(profile, tokens, signIn));
  }
}
