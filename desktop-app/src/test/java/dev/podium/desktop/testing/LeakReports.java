package dev.podium.desktop.testing;

import dev.podium.fleet.leaks.Leak;
import dev.podium.fleet.leaks.Leak.Fate;
import dev.podium.fleet.leaks.Leak.Kind;
import dev.podium.fleet.leaks.LeakReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a console may find in the cloud.
public final class LeakReports {
  private static final String ZONE = "us-central1-a";

  private LeakReports() {}

  /// A VM in use, one that ends, a disk to clean, a subscription that was cleaned.
  public static LeakReport report(Instant now) {
    return new LeakReport(
        now,
        List.of(
            leak(Kind.VM, "class-us-central1-a-1", ZONE, now, 0.0168, Fate.KEPT, "kept: 12 people"),
            leak(
                Kind.VM,
                "class-us-central1-a-4",
                ZONE,
                now,
                0.0168,
                Fate.ENDING,
                "draining: nobody for 31 min; the cloud itself ends it in 2 h"),
            leak(
                Kind.DISK,
                "class-us-central1-a-9",
                ZONE,
                now,
                0.0014,
                Fate.CLEANABLE,
                "there is no VM 'class-us-central1-a-9' and nothing has it attached, and it is 5 h old"),
            leak(
                Kind.SUBSCRIPTION,
                "podium-class-chat-class-us-central1-a-9-7f3a11c2-9b1",
                "",
                now,
                0,
                Fate.CLEANED,
                "the VM 'class-us-central1-a-9' that made it (4711) is gone, and it is 5 h old")),
        "");
  }

  /// The same, and what could not be looked at.
  public static LeakReport unreadable(Instant now) {
    return new LeakReport(
        now,
        report(now).leaks(),
        "The disks of the fleet cannot be listed: the project school-4711 does not permit"
            + " compute.disks.list to ann@example.org. Ask the project's owner for the role"
            + " roles/compute.viewer.");
  }

  private static Leak leak(
      Kind kind, String name, String zone, Instant now, double cost, Fate fate, String reason) {
    boolean named = kind != Kind.SUBSCRIPTION;
    return new Leak(
        kind,
        name,
        zone,
        name,
        named ? "ann_example_org" : "",
        named ? "console-1f3a" : "",
        now.minus(Duration.ofHours(5)),
        cost,
        fate,
        reason);
  }
}
