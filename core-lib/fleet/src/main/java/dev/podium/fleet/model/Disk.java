package dev.podium.fleet.model;

import dev.podium.wire.model.Labels;
import java.time.Instant;
import java.util.Map;

/// A persistent disk of the fleet. It costs money whether or not a VM has it.
///
/// @param zone short name, such as `us-central1-a`
/// @param type short name, such as `pd-balanced`
/// @param created by the cloud's clock
/// @param attached whether a VM has it now
/// @param costPerHour list price in US dollars, an estimate; 0 on the local cloud, and where it is
///   not known
/// @param priceKnown whether the price is known; what it is not known of is not free
public record Disk(
    String name,
    String zone,
    String type,
    long sizeGb,
    Instant created,
    Map<String, String> labels,
    boolean attached,
    double costPerHour,
    boolean priceKnown) {
  public Disk {
    labels = Map.copyOf(labels);
  }

  /// A disk whose price is known.
  public Disk(
      String name,
      String zone,
      String type,
      long sizeGb,
      Instant created,
      Map<String, String> labels,
      boolean attached,
      double costPerHour) {
    this(name, zone, type, sizeGb, created, labels, attached, costPerHour, true);
  }

  /// The VM that it was made for: a boot disk has its VM's name where no label says more.
  public String vm() {
    return labels.getOrDefault(Labels.VM, name);
  }

  /// Who created it, from its label; empty if nobody is named.
  public String owner() {
    return labels.getOrDefault(Labels.OWNER, "");
  }
}
