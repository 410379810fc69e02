package dev.podium.fleet.preflight;

import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.preflight.fact.PlannedVm;
import dev.podium.fleet.preflight.fact.ProjectView;
import dev.podium.fleet.preflight.fact.ProjectView.Account;
import dev.podium.fleet.preflight.fact.ProjectView.FirewallRule;
import dev.podium.fleet.preflight.fact.ProjectView.Image;
import dev.podium.fleet.preflight.fact.ProjectView.Machine;
import dev.podium.fleet.preflight.fact.ProjectView.Network;
import dev.podium.fleet.preflight.fact.ProjectView.Policy;
import dev.podium.fleet.preflight.fact.ProjectView.Project;
import dev.podium.fleet.preflight.fact.ProjectView.Quota;
import dev.podium.fleet.preflight.fact.ProjectView.SignIn;
import dev.podium.wire.google.CloudFeature;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;

/// A project in which all is well but one answer.
final class ScriptedProject {
  private static final Map<String, Object> WELL =
      Map.ofEntries(
          Map.entry("signIn", new SignIn("ann@example.org", "a script")),
          Map.entry("project", new Project("p-12345", "1", true)),
          Map.entry("billed", true),
          Map.entry("switchedOff", Set.of()),
          Map.entry("policy", new Policy(false, Set.of(), Set.of())),
          Map.entry("image", Optional.of(new Image("i-1", "X86_64", "2026-09-01"))),
          Map.entry("network", Optional.of(new Network("default", false))),
          Map.entry("hasSubnet", true),
          Map.entry(
              "firewalls",
              List.of(
                  new FirewallRule(
                      "open",
                      "default",
                      true,
                      1000,
                      false,
                      List.of("0.0.0.0/0"),
                      List.of(),
                      List.of(),
                      Optional.of(List.of("8000-8100"))))),
          Map.entry("defaultAccount", "1-compute@developer.gserviceaccount.com"),
          Map.entry("account", Optional.of(new Account("a@p", false))),
          Map.entry("permissionsOf", Set.copyOf(CloudFeature.CHAT.permissions())),
          Map.entry("zones", Set.of("us-central1-a")),
          Map.entry("machine", Optional.of(new Machine(2, "X86_64"))),
          Map.entry("quotas", List.of(new Quota("CPUS", 8, 2))),
          Map.entry("clockAhead", Duration.ZERO),
          Map.entry("sendMessage", Duration.ofMillis(5)),
          Map.entry("hourlyCost", OptionalDouble.of(0.02)));

  private ScriptedProject() {}

  static PlannedVm vm() {
    return new PlannedVm(
        CloudProfile.google("prod", "p-12345", "demo", Optional.empty(), Optional.empty()),
        List.of("us-central1-a"),
        "e2-small",
        "global/images/family/podium-agent",
        "pd-balanced",
        10,
        8080);
  }

  static ProjectView answering(String method, Supplier<Object> answer) {
    return (ProjectView)
        Proxy.newProxyInstance(
            ScriptedProject.class.getClassLoader(),
            new Class<?>[] {ProjectView.class},
            (_, called, arguments) -> {
              if (called.getName().equals(method)) {
                return answer.get();
              }
              // Whoever is asked for permissions holds all of them.
              return called.getName().startsWith("held")
                  ? Set.copyOf((Collection<?>) arguments[arguments.length - 1])
                  : WELL.get(called.getName());
            });
  }
}
