package dev.podium.fleet.preflight.check;

import dev.podium.fleet.preflight.fact.PlannedVm;
import dev.podium.fleet.preflight.fact.ProjectView.Policy;
import java.util.Collection;
import java.util.Set;

/// Whether an organisation's rule on locations allows a zone. Its values are zones, regions, and
/// groups such as `in:eu-locations`:
/// https://cloud.google.com/resource-manager/docs/organization-policy/defining-locations
final class LocationRule {
  /// Regions of Europe that are in no member state of the European Union.
  private static final Set<String> NOT_IN_UNION = Set.of("europe-west2", "europe-west6");

  private LocationRule() {}

  static boolean allows(Policy rule, String zone) {
    return !holds(rule.denied(), zone) && (rule.allowed().isEmpty() || holds(rule.allowed(), zone));
  }

  private static boolean holds(Collection<String> values, String zone) {
    return values.stream().anyMatch(value -> holds(value, zone));
  }

  private static boolean holds(String value, String zone) {
    String region = PlannedVm.regionOf(zone);
    String place = value.replaceFirst("^(?:in|is):", "").replaceFirst("-locations$", "");
    return switch (place) {
      case "*" -> true;
      case "eu" -> region.startsWith("europe-") && !NOT_IN_UNION.contains(region);
      default -> place.equals(zone) || place.equals(region) || region.startsWith(place + "-");
    };
  }
}
