package dev.podium.fleet.bench;

import dev.podium.fleet.Fleet;
import dev.podium.fleet.api.ApiOptions;
import dev.podium.fleet.api.ApiServer;
import dev.podium.fleet.api.key.ApiKeys;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import dev.podium.fleet.model.Participants;
import dev.podium.fleet.model.Verdict;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmState;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The REST API over a fleet of 1,000 VMs that do not change, as a program. It says where it is and
/// the key to it, and serves until it is ended.
final class ApiFleet {
  static final int COUNT = 1_000;

  private ApiFleet() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("podium-bench");
    ApiKeys keys = ApiKeys.open(folder.resolve("keys.json"));
    String key = keys.issue("bench", EnumSet.allOf(ApiKeys.Scope.class));
    EventStream events = new EventStream();
    for (int i = 0; i < COUNT; i++) {
      events.publish(new FleetEvent.VmChanged(vm(i)));
    }
    ApiServer server = new ApiServer(fleet(events), keys, ApiOptions.loopback(0), Instant::now);
    System.out.println("api " + server.start() + " " + key);
    var _ = System.in.read();
    server.close();
  }

  /// A list is answered from the events alone.
  private static Fleet fleet(EventStream events) {
    return (Fleet)
        Proxy.newProxyInstance(
            Fleet.class.getClassLoader(),
            new Class<?>[] {Fleet.class},
            (_, method, _) -> {
              if (method.getName().equals("events")) {
                return events;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private static FleetVm vm(int number) {
    Vm vm =
        new Vm(
            "id-" + number,
            new VmName("vm-" + number),
            "us-central1-a",
            "e2-small",
            "podium-agent",
            VmState.RUNNING,
            Instant.now(),
            Map.of("podium-fleet", "demo", "podium-owner", "ann"),
            "f0",
            Optional.of("127.0.0.1"),
            20_000 + number,
            50,
            true,
            false,
            Optional.of(Duration.ofHours(6)));
    return new FleetVm(
        vm,
        new Verdict(Health.HEALTHY, "healthy: its heartbeats come", Instant.now(), List.of()),
        new Participants(3, 50),
        Optional.of(Duration.ZERO),
        Optional.of(Instant.now()),
        0.02);
  }
}
