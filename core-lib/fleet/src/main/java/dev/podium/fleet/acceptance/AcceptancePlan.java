package dev.podium.fleet.acceptance;

import dev.podium.fleet.CreateRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a run may take: two small Spot VMs, for 20 minutes at most, for one dollar at most.
///
/// @param project in which it runs
/// @param zones in order of preference
/// @param image or family that the VMs are made from
/// @param version of Podium, for the report
public record AcceptancePlan(String project, List<String> zones, String image, String version) {
  /// After which the cloud itself ends each VM, and the run is given up.
  public static final Duration LONGEST = Duration.ofMinutes(20);

  /// US dollars; a run that could cost more is not begun.
  public static final double MOST_DOLLARS = 1;

  static final String MACHINE_TYPE = "e2-micro";
  static final int VMS = 2;
  private static final int SEATS = 5;

  public AcceptancePlan {
    zones = List.copyOf(zones);
  }

  /// One VM of the walk.
  CreateRequest request(String prefix) {
    CreateRequest usual = CreateRequest.defaults();
    return new CreateRequest(
        1,
        prefix,
        zones,
        MACHINE_TYPE,
        image,
        usual.diskType(),
        usual.diskSizeGb(),
        true,
        LONGEST,
        SEATS,
        Map.of(),
        Optional.empty());
  }
}
