package dev.podium.fleet.testing;

import dev.podium.fleet.directory.FleetSettings;
import dev.podium.fleet.facade.FleetPorts;
import dev.podium.fleet.facade.FleetService;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.invite.InviteDesk;
import dev.podium.fleet.policy.FleetPolicy;
import dev.podium.fleet.policy.PolicyInForce;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.fleet.scaler.SpendingLedger;
import dev.podium.wire.cloud.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A whole fleet in memory: the real service and the real monitor, on real clocks and fast limits.
/// The cloud, the bus and the agents are those of this package.
public final class MemoryFleet implements AutoCloseable {
  public final MemoryCloud cloud = new MemoryCloud(Instant::now);
  public final MemoryBus bus = new MemoryBus();
  public final MemoryAgents agents = new MemoryAgents(cloud, bus, "class", Duration.ofMillis(100));
  public final MemoryLeftovers leftovers = new MemoryLeftovers();
  public final FleetService service;

  /// @param folder for the invite keys
  /// @param limits the health rules' numbers
  /// @param policy how large the fleet may be
  public MemoryFleet(Path folder, HealthLimits limits, ScalingPolicy policy) {
    this.service =
        new FleetService(
            new FleetSettings("class", "ann@example.org", "console-1", "test", limits),
            new PolicyInForce(new FleetPolicy(policy, limits), 0, (_, _) -> {}),
            ports(),
            InviteDesk.open(folder.resolve("invite-keys.json"), Instant::now),
            SpendingLedger.none());
    service.start();
  }

  /// For a second console of the same fleet.
  public FleetPorts ports() {
    return new FleetPorts(cloud, bus, leftovers, agents, MemoryTokens.INSTANCE, Ticker.system());
  }

  /// Two seats a VM, three VMs at most.
  public static ScalingPolicy policy(Duration idle) {
    ScalingPolicy usual = ScalingPolicy.defaults(idle);
    return new ScalingPolicy(
        0,
        3,
        2,
        0,
        idle,
        List.of("us-central1-a", "us-central1-b"),
        usual.machineType(),
        usual.image(),
        ScalingPolicy.Provisioning.STANDARD,
        usual.runLimit(),
        0,
        0);
  }

  /// The demo limits with every end a few seconds nearer, so that a test needs no patience.
  public static HealthLimits hasty() {
    HealthLimits demo = HealthLimits.demo();
    return new HealthLimits(
        new HealthLimits.Watching(
            Duration.ofSeconds(1),
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            Duration.ofMillis(200),
            Duration.ofMillis(500)),
        new HealthLimits.Silence(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(1_500),
            2,
            Duration.ofSeconds(2),
            2,
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1)),
        new HealthLimits.Use(
            Duration.ofMinutes(30),
            5,
            Duration.ofSeconds(5),
            Duration.ZERO,
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(1)),
        new HealthLimits.Observer(
            Duration.ofMillis(900),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofSeconds(4),
            0.55),
        demo.ends());
  }

  @Override
  public void close() {
    service.close();
    agents.close();
    bus.close();
  }
}
