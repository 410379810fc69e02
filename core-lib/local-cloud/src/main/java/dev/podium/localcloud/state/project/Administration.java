package dev.podium.localcloud.state.project;

import dev.podium.localcloud.state.Project;
import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.fault.ProjectFaults;
import dev.podium.localcloud.state.fault.ProjectFaults.DefaultAccount;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// How the project is set up: who has which role, which APIs are on, who pays, which accounts there
/// are. Any thread may call.
///
/// In the beginning one person owns it, and every service account of the project has the VMs' role.
public final class Administration {
  /// Who owns the project, and who asks when nobody says.
  public static final String OWNER = "operator@example.com";

  private final Project project;
  private final FaultPlan plan;
  private final Roles roles;
  private volatile List<Binding> bindings;
  private volatile long changes;

  public Administration(Project project, FaultPlan plan) {
    this.project = project;
    this.plan = plan;
    String vmRole = project.path("roles/podiumVm");
    this.roles = new Roles(vmRole);
    this.bindings =
        List.of(
            new Binding("roles/owner", Set.of("user:" + OWNER)),
            new Binding(vmRole, Set.of(allAccounts())));
  }

  public Project project() {
    return project;
  }

  public Roles roles() {
    return roles;
  }

  private ProjectFaults faults() {
    return plan.now().project();
  }

  /// Google's name for all service accounts of the project.
  private String allAccounts() {
    return "principalSet://cloudresourcemanager.googleapis.com/projects/"
        + project.number()
        + "/type/ServiceAccount";
  }

  /// Who has which role. Where a fault takes the accounts' role away, all but what somebody gave
  /// one by its name is gone.
  public List<Binding> bindings() {
    return faults().defaultAccount() == DefaultAccount.WITHOUT_ROLE
        ? bindings.stream()
            .filter(binding -> !binding.members().equals(Set.of(allAccounts())))
            .toList()
        : bindings;
  }

  /// Of the policy as it is: a change that was made from another is refused.
  public String etag() {
    return "BwX" + Long.toString(changes, 36) + "=";
  }

  /// Replaces the policy.
  ///
  /// @param etag of the policy that the change was made from; empty for any
  /// @return whether it was still that one
  public synchronized boolean setBindings(List<Binding> changed, String etag) {
    if (!etag.isEmpty() && !etag.equals(etag())) {
      return false;
    }
    bindings = List.copyOf(changed);
    changes++;
    return true;
  }

  /// What the policy permits a member; nothing where it does not name them.
  Set<String> permissions(Set<String> names) {
    Set<String> permissions = new TreeSet<>();
    for (Binding binding : bindings()) {
      if (binding.members().stream().anyMatch(names::contains)) {
        permissions.addAll(roles.permissions(binding.role()).orElse(Set.of()));
      }
    }
    return permissions;
  }

  /// The names by which a policy may mean a service account.
  Set<String> namesOfAccount(String email) {
    return Set.of("serviceAccount:" + email, allAccounts(), "allUsers", "allAuthenticatedUsers");
  }

  /// Whether the policy names somebody.
  boolean names(String member) {
    return bindings.stream().anyMatch(binding -> binding.members().contains(member));
  }

  /// Whether a service account of the project is there.
  public boolean hasAccount(String email) {
    boolean own =
        email.equals(project.defaultServiceAccount())
            || email.endsWith("@" + project.id() + ".iam.gserviceaccount.com");
    return own && !(isDefault(email) && faults().defaultAccount() == DefaultAccount.MISSING);
  }

  /// Whether nobody can run as it.
  public boolean isDisabled(String email) {
    return isDefault(email) && faults().defaultAccount() == DefaultAccount.DISABLED;
  }

  private boolean isDefault(String email) {
    return Objects.equals(email, project.defaultServiceAccount());
  }

  public boolean billed() {
    return !faults().billingOff();
  }

  /// Whether a service is switched on.
  ///
  /// @param service such as `pubsub.googleapis.com`
  public boolean isOn(String service) {
    return !faults().disabledApis().contains(service);
  }

  /// Switches services on: ends the fault that had them off.
  public void switchOn(Set<String> services) {
    plan.set(plan.now().with(faults().without(services)));
  }

  /// The organisation's policies in force.
  public java.util.Map<String, List<String>> orgPolicies() {
    return faults().orgPolicies();
  }
}
