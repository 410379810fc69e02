package dev.podium.desktop.testing;

import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.preflight.Preflight;
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
import dev.podium.wire.google.CloudApi;
import dev.podium.wire.google.CloudFeature;
import dev.podium.wire.model.PodiumException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// A project in which all is well, but for the answers that a test gives.
public final class ScriptedProject {
  private final Map<String, Supplier<Object>> answers = new ConcurrentHashMap<>();
  private volatile Optional<PodiumException> refusal = Optional.empty();
  private final List<String> done = new CopyOnWriteArrayList<>();

  public ScriptedProject() {
    answer("signIn", new SignIn("ann@example.org", "a sign-in in the browser"));
    answer("project", new Project("acme-chat", "415104041262", true));
    answer("billed", true);
    answer("switchedOff", Set.of());
    answer("policy", new Policy(false, Set.of(), Set.of()));
    answer("image", Optional.of(new Image("podium-agent-2026-11-01", "X86_64", "2026-11-01")));
    answer("network", Optional.of(new Network("default", false)));
    answer("hasSubnet", true);
    open();
    answer("defaultAccount", "415104041262-compute@developer.gserviceaccount.com");
    answer("account", Optional.of(new Account("vm@acme-chat.iam.gserviceaccount.com", false)));
    answer("permissionsOf", Set.copyOf(CloudFeature.CHAT.permissions()));
    answer("zones", Set.of("us-central1-a", "us-central1-b"));
    answer("machine", Optional.of(new Machine(2, "X86_64")));
    answer("quotas", List.of(new Quota("CPUS", 24, 2), new Quota("IN_USE_ADDRESSES", 8, 1)));
    answer("clockAhead", Duration.ZERO);
    answer("sendMessage", Duration.ofMillis(5));
    answer("hourlyCost", OptionalDouble.of(0.0234));
  }

  private void open() {
    answer(
        "firewalls",
        List.of(
            new FirewallRule(
                "podium-chat",
                "default",
                true,
                1000,
                false,
                List.of("0.0.0.0/0"),
                List.of(),
                List.of(),
                Optional.of(List.of("8080")))));
  }

  /// What a question is answered with from now on.
  ///
  /// @param question a method's name of [ProjectView]
  public void answer(String question, Object answer) {
    answers.put(question, () -> answer);
  }

  /// How a question is answered from now on.
  public void answering(String question, Supplier<Object> answer) {
    answers.put(question, answer);
  }

  /// Five things stand in the way: nobody pays, an API is off, there is no image, the port is shut
  /// and the VMs' account has no role.
  public ScriptedProject troubled() {
    answer("billed", false);
    answer("switchedOff", Set.of(CloudApi.PUBSUB));
    answer("image", Optional.empty());
    answer("firewalls", List.of());
    answer("permissionsOf", Set.of());
    return this;
  }

  /// Fixes are refused from now on.
  public void refuseFixes(PodiumException why) {
    refusal = Optional.of(why);
  }

  /// What was changed in it.
  public List<String> done() {
    return done;
  }

  /// A pre-flight of it.
  public Preflight preflight() {
    PlannedVm vm =
        new PlannedVm(
            CloudProfile.google("acme", "acme-chat", "demo", Optional.empty(), Optional.empty()),
            List.of("us-central1-a", "us-central1-b"),
            "e2-small",
            "global/images/family/podium-agent",
            "pd-balanced",
            10,
            8080);
    return new Preflight(vm, view());
  }

  private ProjectView view() {
    return (ProjectView)
        Proxy.newProxyInstance(
            ScriptedProject.class.getClassLoader(),
            new Class<?>[] {ProjectView.class},
            (_, called, arguments) -> {
              String question = called.getName();
              if (called.getReturnType() == void.class && !question.equals("close")) {
                if (!question.equals("reachPubsub")) {
                  if (refusal.isPresent()) {
                    throw refusal.get();
                  }
                  done.add(question);
                  fixed(question);
                }
                return null;
              }
              // Whoever is asked for permissions holds all of them.
              return question.startsWith("held")
                  ? Set.copyOf((Collection<?>) arguments[arguments.length - 1])
                  : answers.getOrDefault(question, () -> null).get();
            });
  }

  private void fixed(String what) {
    switch (what) {
      case "switchOn" -> answer("switchedOff", Set.of());
      case "openPort" -> open();
      case "grantVmRole" -> answer("permissionsOf", Set.copyOf(CloudFeature.CHAT.permissions()));
      default -> {}
    }
  }
}
