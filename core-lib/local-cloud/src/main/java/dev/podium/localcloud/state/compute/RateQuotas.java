package dev.podium.localcloud.state.compute;

import dev.podium.localcloud.state.RateGroup;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.Timeline;
import dev.podium.localcloud.state.fault.FaultPlan;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Counts requests in windows of one minute that begin with the minute, as Compute Engine does, and
/// refuses what is above a limit. Any thread may call.
public final class RateQuotas {
  private final FaultPlan plan;
  private final Timeline timeline;
  private final long projectNumber;
  private final Map<String, Integer> counted = new HashMap<>();
  private long window;

  RateQuotas(FaultPlan plan, Timeline timeline, long projectNumber) {
    this.plan = plan;
    this.timeline = timeline;
    this.projectNumber = projectNumber;
  }

  /// Counts one request.
  ///
  /// @param region where it goes; empty for what belongs to no place
  /// @param read whether it changes nothing
  /// @throws Refusal 403 `rateLimitExceeded` until the next minute
  public void admit(String region, boolean read) {
    Map<String, Integer> limits = plan.now().requestsPerMinute();
    if (!limits.isEmpty()) {
      for (RateGroup group : groups(region, read)) {
        count(group.label(), region, limits);
      }
    }
  }

  private static List<RateGroup> groups(String region, boolean read) {
    if (region.isEmpty()) {
      return List.of(
          read ? RateGroup.GLOBAL_READS : RateGroup.GLOBAL_WRITES, RateGroup.GLOBAL_REQUESTS);
    }
    return List.of(
        read ? RateGroup.READS_PER_REGION : RateGroup.WRITES_PER_REGION,
        RateGroup.REQUESTS_PER_REGION);
  }

  private synchronized void count(String group, String region, Map<String, Integer> limits) {
    long minute = timeline.now().truncatedTo(ChronoUnit.MINUTES).getEpochSecond();
    if (minute != window) {
      window = minute;
      counted.clear();
    }
    int count = counted.merge(group + '/' + region, 1, Integer::sum);
    if (count > limits.getOrDefault(group, Integer.MAX_VALUE)) {
      throw Refusal.rateLimitExceeded(projectNumber);
    }
  }
}
