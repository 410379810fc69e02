package dev.podium.fleet.google;

import dev.podium.fleet.model.AccessRemedy;
import dev.podium.wire.google.CloudFeature;
import java.util.List;

/// The custom role of the service account under which a fleet's VMs run: what an agent does on
/// Pub/Sub, and nothing else. `roles/pubsub.editor` works too; it also lets a VM that was taken
/// over delete the fleet's topics and any subscription's settings.
///
/// People make it from `installer/google/podium-vm-role.yaml`; a test holds the two together, and
/// the local cloud's machines have exactly it. Which method needs which permission:
/// https://cloud.google.com/pubsub/docs/access-control
public final class VmRole {
  /// The role's id within its project: `projects/{project}/roles/podiumVm`.
  public static final String ID = AccessRemedy.VM_ROLE;

  /// What people read in Google's console.
  public static final String TITLE = "Podium VM";

  /// In Google's names, sorted. To publish and to know a topic's region; to make a subscription, to
  /// receive from it, to set it back (*seek*), and to delete it.
  public static final List<String> PERMISSIONS = CloudFeature.CHAT.permissions();

  private VmRole() {}
}
