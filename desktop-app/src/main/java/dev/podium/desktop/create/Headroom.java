package dev.podium.desktop.create;

import dev.podium.fleet.model.offer.QuotaNeed;
import dev.podium.fleet.model.offer.RegionQuota;
import dev.podium.wire.text.CountText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How many VMs of a form the region's quotas have room for.
///
/// @param sentence empty where that is not known
/// @param enough whether that is as many as the form asks for
public record Headroom(String sentence, boolean enough) {
  /// Nothing is known.
  static Headroom unknown() {
    return new Headroom("", true);
  }

  /// @param quotas of the region, as they were when the form was opened
  /// @param needs of one VM
  /// @param count how many are asked for
  static Headroom of(
      String region, List<RegionQuota> quotas, List<QuotaNeed> needs, boolean spot, int count) {
    long room = Long.MAX_VALUE;
    Optional<RegionQuota> scarce = Optional.empty();
    for (QuotaNeed need : needs) {
      Optional<RegionQuota> quota = quota(quotas, need.metric(), spot);
      if (quota.isPresent() && need.amount() > 0) {
        long fits = (long) Math.floor(quota.get().left() / need.amount());
        if (fits < room) {
          room = fits;
          scarce = quota;
        }
      }
    }
    if (scarce.isEmpty()) {
      return unknown();
    }
    String has = "The quotas of " + region + " have room for " + CountText.vms((int) room);
    if (room >= count) {
      return new Headroom(has + " like this.", true);
    }
    RegionQuota lacking = scarce.get();
    return new Headroom(
        String.format(
            Locale.ROOT,
            "%s like this%s: %s, %,.0f of %,.0f used.",
            room == 0 ? "The quotas of " + region + " have no room for a VM" : has,
            room == 0 ? "" : String.format(Locale.ROOT, ", not for %,d", count),
            lacking.metric(),
            lacking.usage(),
            lacking.limit()),
        false);
  }

  // Spot machines have a quota of vCPUs of their own where the project was given one.
  private static Optional<RegionQuota> quota(
      List<RegionQuota> quotas, String metric, boolean spot) {
    Optional<RegionQuota> own =
        spot && metric.endsWith("CPUS")
            ? named(quotas, "PREEMPTIBLE_CPUS").filter(quota -> quota.limit() > 0)
            : Optional.empty();
    return own.or(() -> named(quotas, metric));
  }

  private static Optional<RegionQuota> named(List<RegionQuota> quotas, String metric) {
    return quotas.stream().filter(quota -> quota.metric().equals(metric)).findFirst();
  }
}
