package dev.podium.fleet.preflight.check;

import dev.podium.fleet.preflight.fact.PlannedVm;
import dev.podium.fleet.preflight.fact.ProjectView;
import java.util.Map;

/// All checks, by their names. Blocks where it asks the cloud; any thread may call.
public final class Checks {
  private final ProjectChecks project;
  private final NetworkChecks network;
  private final MachineChecks machine;
  private final AccountChecks account;

  public Checks(PlannedVm vm, ProjectView view) {
    this.project = new ProjectChecks(vm, view);
    this.network = new NetworkChecks(vm, view);
    this.machine = new MachineChecks(vm, view);
    this.account = new AccountChecks(vm, view);
  }

  /// Makes one.
  ///
  /// @throws dev.podium.wire.model.PodiumException if the facts could not be had
  public CheckFinding look(CheckName name) {
    return switch (name) {
      case SIGN_IN -> account.signIn();
      case PROJECT -> project.project();
      case BILLING -> project.billing();
      case APIS -> project.apis();
      case RIGHTS -> account.rights();
      case POLICIES -> project.policies();
      case IMAGE -> machine.image();
      case NETWORK -> network.network();
      case FIREWALL -> network.firewall();
      case SERVICE_ACCOUNT -> account.serviceAccount();
      case VM_ROLE -> account.vmRole();
      case ZONES -> machine.zones();
      case QUOTAS -> machine.quotas();
      case CLOCK -> network.clock();
      case PUBSUB -> network.pubsub();
      case MESSAGE -> network.message();
    };
  }

  /// What can be done by Podium itself, by the check that it helps.
  public Map<CheckName, Runnable> fixes() {
    return Map.of(
        CheckName.APIS, project::switchApisOn,
        CheckName.FIREWALL, network::openPort,
        CheckName.VM_ROLE, account::grantVmRole);
  }
}
