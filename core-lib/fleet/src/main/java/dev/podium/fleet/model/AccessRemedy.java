package dev.podium.fleet.model;

import dev.podium.wire.model.AccessProblem;
import dev.podium.wire.model.PodiumException;

/// What a person does about a VM that Pub/Sub does not let in, with the exact line to type.
///
/// The account and the project are those that the cloud names. What the VM says is a code alone, or
/// one that was taken over could have its own account granted something.
public final class AccessRemedy {
  /// The id of the role that a fleet's VMs need, within its project.
  public static final String VM_ROLE = "podiumVm";

  private AccessRemedy() {}

  /// What is wrong, without a full stop at its end.
  public static String why(AccessProblem problem, Vm vm) {
    return switch (problem) {
      case ROLE_MISSING -> "Pub/Sub refuses " + account(vm) + ", which has not the role " + VM_ROLE;
      case SCOPE_MISSING ->
          "its access scopes leave Pub/Sub out, whatever roles " + account(vm) + " has";
      case API_OFF -> "the Pub/Sub API is switched off in project '" + project(vm) + "'";
      case BILLING_OFF -> "billing is off for project '" + project(vm) + "'";
      case NO_ACCOUNT ->
          vm.resources().serviceAccount().isEmpty()
              ? "it has no service account, so Pub/Sub does not know it"
              : "Pub/Sub does not know " + account(vm) + ": was it disabled or deleted?";
    };
  }

  /// What to do about it, one sentence or more.
  public static String remedy(AccessProblem problem, Vm vm) {
    return switch (problem) {
      case ROLE_MISSING -> "Grant it, and wait some minutes: " + binding(vm);
      case SCOPE_MISSING ->
          "Give the profile the scope https://www.googleapis.com/auth/cloud-platform, then destroy"
              + " this VM.";
      case API_OFF ->
          "Switch it on, and wait some minutes: gcloud services enable pubsub.googleapis.com"
              + " --project="
              + project(vm);
      case BILLING_OFF ->
          "Link a billing account at"
              + " https://console.cloud.google.com/billing/linkedaccount?project="
              + project(vm)
              + " and wait some minutes.";
      case NO_ACCOUNT ->
          "Name a service account in the profile that is there and enabled, then destroy this VM.";
    };
  }

  /// The line that grants the VMs' role to the VM's account.
  public static String binding(Vm vm) {
    String account =
        vm.resources().serviceAccount().isEmpty() ? "ACCOUNT" : vm.resources().serviceAccount();
    return "gcloud projects add-iam-policy-binding "
        + project(vm)
        + " --member=serviceAccount:"
        + account
        + " --role=projects/"
        + project(vm)
        + "/roles/"
        + VM_ROLE;
  }

  /// The same as a refusal of something that was wanted.
  ///
  /// @param what failed, such as `No VM is created`
  public static PodiumException refusal(String what, AccessProblem problem, Vm vm) {
    return new PodiumException.NotPermitted(
        what, why(problem, vm), remedy(problem, vm), problem, null);
  }

  private static String account(Vm vm) {
    String account = vm.resources().serviceAccount();
    return account.isEmpty() ? "its service account" : "its service account " + account;
  }

  private static String project(Vm vm) {
    return vm.resources().project().isEmpty() ? "PROJECT" : vm.resources().project();
  }
}
