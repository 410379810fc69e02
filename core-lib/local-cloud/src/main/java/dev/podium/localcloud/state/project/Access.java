package dev.podium.localcloud.state.project;

import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.fault.ProjectFaults.DefaultAccount;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Who may do what in the project. Any thread may call.
///
/// A machine may do what the policy gives its service account. A person, or a program with a key,
/// may do what the policy gives them where it names them, and everything where it does not: so a
/// local cloud needs no setting up. What a fault takes away is gone in any case.
public final class Access {
  private static final String LIBRARY = "https://console.developers.google.com/";

  private final Administration administration;
  private final FaultPlan plan;
  private final boolean required;

  /// @param required whether tokens are required; without, the policy binds nobody
  public Access(Administration administration, FaultPlan plan, boolean required) {
    this.administration = administration;
    this.plan = plan;
    this.required = required;
  }

  /// Whether tokens are required.
  public boolean required() {
    return required;
  }

  /// Whether somebody holds a permission in the project.
  ///
  /// @param machine whether it is a machine's token
  public boolean allows(String email, boolean machine, String permission) {
    boolean shutOut = plan.now().accountsWithoutRole().contains(email);
    if (shutOut || plan.now().project().denies(email, permission)) {
      return false;
    }
    if (machine && (required || plan.now().project().defaultAccount() != DefaultAccount.THERE)) {
      return !administration.isDisabled(email)
          && administration.permissions(administration.namesOfAccount(email)).contains(permission);
    }
    String member = (email.endsWith("gserviceaccount.com") ? "serviceAccount:" : "user:") + email;
    return machine
        || !required
        || !administration.names(member)
        || administration.permissions(Set.of(member)).contains(permission);
  }

  /// Those of the permissions that somebody holds.
  public List<String> held(String email, boolean machine, Collection<String> permissions) {
    return permissions.stream().filter(each -> allows(email, machine, each)).toList();
  }

  /// Refuses what is asked of an API that is switched off, or of a project that nobody pays for.
  ///
  /// @param title how Google calls the API
  /// @throws Refusal 403, in Google's words
  public void requireOn(String title, String service) {
    long number = administration.project().number();
    if (!administration.isOn(service)) {
      throw new Refusal(
          403,
          "accessNotConfigured",
          title
              + " API has not been used in project "
              + number
              + " before or it is disabled. Enable it by visiting "
              + LIBRARY
              + "apis/api/"
              + service
              + "/overview?project="
              + number
              + " then retry. If you enabled this API recently, wait a few minutes for the action"
              + " to propagate to our systems and retry.");
    }
  }

  /// @throws Refusal 403, in Google's words, if nobody pays
  public void requireBilled() {
    long number = administration.project().number();
    if (!administration.billed()) {
      throw new Refusal(
          403,
          "forbidden",
          "This API method requires billing to be enabled. Please enable billing on project #"
              + number
              + " by visiting "
              + LIBRARY
              + "billing/enable?project="
              + number
              + " then retry. If you enabled billing for this project recently, wait a few minutes"
              + " for the action to propagate to our systems and retry.");
    }
  }
}
