package dev.podium.fleet.health.record;

import dev.podium.fleet.model.Vm;
import dev.podium.wire.model.Labels;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A console's word, in a label of the VM, that it is about to destroy it. The label's fingerprint
/// decides who of two gets it; the others leave the VM alone until the claim is too old.
///
/// Each console measures the claim's age by its own clock, from when it first saw this very claim.
/// So no console has to believe another's clock. The `turn` makes a claim that is made again
/// another claim.
///
/// @param console who claims: lower-case letters, digits and hyphens
/// @param health whether it is for the VM's health, so that the throttle counts it
public record Claim(String console, String turn, boolean health) {
  private static final String HEALTH = "h";
  private static final String OTHER = "d";

  /// The claim on the VM, if there is one.
  public static Optional<Claim> on(Vm vm) {
    return Optional.ofNullable(vm.labels().get(Labels.CLAIM)).map(Claim::parse);
  }

  private static Claim parse(String label) {
    String[] parts = label.split("_", -1);
    return parts.length == 3
        ? new Claim(parts[0], parts[1], HEALTH.equals(parts[2]))
        : new Claim(label, "", false);
  }

  /// The label's value.
  public String label() {
    return Labels.value(console + "_" + turn + "_" + (health ? HEALTH : OTHER));
  }

  /// The VM's labels with this claim among them.
  public Map<String, String> onto(Vm vm) {
    Map<String, String> labels = new HashMap<>(vm.labels());
    labels.put(Labels.CLAIM, label());
    return Map.copyOf(labels);
  }
}
