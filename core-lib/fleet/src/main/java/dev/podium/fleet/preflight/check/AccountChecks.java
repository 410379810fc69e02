package dev.podium.fleet.preflight.check;

import dev.podium.fleet.google.VmRole;
import dev.podium.fleet.preflight.fact.PlannedVm;
import dev.podium.fleet.preflight.fact.ProjectView;
import dev.podium.fleet.preflight.fact.ProjectView.Account;
import dev.podium.fleet.preflight.fact.ProjectView.SignIn;
import dev.podium.wire.google.CloudFeature;
import dev.podium.wire.google.CloudFeature.Place;
import dev.podium.wire.google.CloudFeature.Whose;
import dev.podium.wire.model.PodiumException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Who asks, with which rights, and as whom VMs run.
final class AccountChecks {
  private final PlannedVm vm;
  private final ProjectView view;

  AccountChecks(PlannedVm vm, ProjectView view) {
    this.vm = vm;
    this.view = view;
  }

  CheckFinding signIn() {
    try {
      SignIn signIn = view.signIn();
      // Google tells nobody which it is.
      String testing =
          signIn.means().contains("browser")
              ? "; while the OAuth client's consent screen is in Testing, it ends after 7 days"
              : "";
      return CheckFinding.ok(signIn.email() + ", by " + signIn.means() + testing);
    } catch (PodiumException.NotSignedIn nobody) {
      return CheckFinding.failed(nobody.sentence(), Remedy.of(nobody.remedy()));
    }
  }

  CheckFinding rights() {
    Set<CloudFeature> needed = needed();
    List<String> wanted = CloudFeature.permissions(needed, Place.PROJECT);
    Set<String> held = view.held(wanted);
    Set<String> missing = new TreeSet<>(wanted);
    missing.removeAll(held);
    List<String> onAccount = CloudFeature.permissions(needed, Place.SERVICE_ACCOUNT);
    Set<String> heldOnAccount = view.heldOn(account(), onAccount);
    Set<String> missingOnAccount = new TreeSet<>(onAccount);
    missingOnAccount.removeAll(heldOnAccount);
    if (missing.isEmpty() && missingOnAccount.isEmpty()) {
      return CheckFinding.ok(
          "all " + (wanted.size() + onAccount.size()) + " that a fleet needs are there");
    }
    List<String> all = new ArrayList<>(missing);
    all.addAll(missingOnAccount);
    return CheckFinding.failed(
        "your account has not " + String.join(", ", all),
        Remedy.run("Ask an owner of the project to run this.", lines(missing, missingOnAccount)));
  }

  private Set<CloudFeature> needed() {
    Set<CloudFeature> features = EnumSet.copyOf(CloudFeature.of(Whose.OPERATOR));
    if (!vm.profile().machines().externalAddress()) {
      features.remove(CloudFeature.GIVE_ADDRESSES);
    }
    return features;
  }

  private List<String> lines(Set<String> missing, Set<String> missingOnAccount) {
    String who = member(view.signIn().email());
    List<String> lines = new ArrayList<>();
    missing.stream()
        .flatMap(permission -> CloudFeature.roleWith(permission).stream())
        .distinct()
        .map(role ->
            "gcloud projects add-iam-policy-binding "
                + vm.project()
                + " --member="
                + who
                + " --role="
                + role)
        .forEach(lines::add);
    if (!missingOnAccount.isEmpty()) {
      lines.add(
          "gcloud iam service-accounts add-iam-policy-binding "
              + account()
              + " --project="
              + vm.project()
              + " --member="
              + who
              + " --role="
              + CloudFeature.RUN_AS_ACCOUNT.role());
    }
    return lines;
  }

  private static String member(String email) {
    return (email.endsWith("gserviceaccount.com") ? "serviceAccount:" : "user:") + email;
  }

  private String account() {
    return vm.profile().machines().serviceAccount().orElseGet(view::defaultAccount);
  }

  CheckFinding serviceAccount() {
    String email = account();
    Optional<Account> account = view.account(email);
    if (account.isEmpty()) {
      String fresh = "podium-vm@" + vm.project() + ".iam.gserviceaccount.com";
      return CheckFinding.failed(
          "there is no service account " + email,
          Remedy.run(
              "Make one for the VMs, and name it in the profile.",
              List.of(
                  "gcloud iam service-accounts create podium-vm --project=" + vm.project(),
                  "podium profile set " + vm.profile().name() + " --service-account " + fresh)));
    }
    return account.get().disabled()
        ? CheckFinding.failed(
            "service account " + email + " is disabled",
            Remedy.run(
                "Enable it, or name another in the profile.",
                List.of(
                    "gcloud iam service-accounts enable " + email + " --project=" + vm.project())))
        : CheckFinding.ok("VMs run as " + email);
  }

  CheckFinding vmRole() {
    String email = account();
    List<String> wanted = CloudFeature.CHAT.permissions();
    Set<String> missing = new TreeSet<>(wanted);
    missing.removeAll(view.permissionsOf(email));
    if (missing.isEmpty()) {
      return CheckFinding.ok(email + " may use Pub/Sub as a VM must");
    }
    return CheckFinding.failed(
        email
            + " has no role in this project that holds "
            + String.join(", ", missing)
            + " (what a folder or the organisation gives is not seen)",
        Remedy.run(
                "Give it the VMs' role; without it no VM becomes ready.",
                List.of(
                    "gcloud iam roles create "
                        + VmRole.ID
                        + " --project="
                        + vm.project()
                        + " --title='"
                        + VmRole.TITLE
                        + "' --stage=GA --permissions="
                        + String.join(",", wanted),
                    "gcloud projects add-iam-policy-binding "
                        + vm.project()
                        + " --member=serviceAccount:"
                        + email
                        + " --role=projects/"
                        + vm.project()
                        + "/roles/"
                        + VmRole.ID))
            .andFix());
  }

  void grantVmRole() {
    view.grantVmRole(account());
  }
}
