package dev.podium.desktop.testing;

import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.model.offer.VmResources;
import dev.podium.wire.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A VM of the class as a test needs it: a usual one, or one like another. What matters to the test
/// is said by name.
final class VmBuilder {
  private final String id;
  private final VmName name;
  private String zone = "us-central1-a";
  private String machineType = "e2-small";
  private String image = "podium-agent-20260501";
  private VmState state = VmState.RUNNING;
  private Instant created = Vms.START.minus(Duration.ofMinutes(10));
  private Map<String, String> labels =
      Map.of(Labels.FLEET, "class", Labels.OWNER, "ann_example_org");
  private String labelFingerprint = "fingerprint";
  private Optional<String> address = Optional.of("127.0.0.1");
  private int chatPort = 8080;
  private int seats = 50;
  private boolean signs = true;
  private boolean spot;
  private Optional<Duration> runLimit = Optional.of(Duration.ofHours(8));
  private VmResources resources = VmResources.UNKNOWN;

  private VmBuilder(String id, VmName name) {
    this.id = id;
    this.name = name;
  }

  /// An on-demand VM of Ann's that runs, ten minutes old, with a run limit of eight hours.
  static VmBuilder vm(String id, String name) {
    return new VmBuilder(id, new VmName(name));
  }

  /// One that is the same as that one.
  static VmBuilder like(Vm vm) {
    VmBuilder same = new VmBuilder(vm.id(), vm.name());
    same.zone = vm.zone();
    same.machineType = vm.machineType();
    same.image = vm.image();
    same.state = vm.state();
    same.created = vm.created();
    same.labels = vm.labels();
    same.labelFingerprint = vm.labelFingerprint();
    same.address = vm.address();
    same.chatPort = vm.chatPort();
    same.seats = vm.seats();
    same.signs = vm.signs();
    same.spot = vm.spot();
    same.runLimit = vm.runLimit();
    same.resources = vm.resources();
    return same;
  }

  VmBuilder zone(String value) {
    zone = value;
    return this;
  }

  VmBuilder machineType(String value) {
    machineType = value;
    return this;
  }

  VmBuilder state(VmState value) {
    state = value;
    return this;
  }

  VmBuilder age(Duration value) {
    created = Vms.START.minus(value);
    return this;
  }

  VmBuilder label(String key, String value) {
    Map<String, String> more = new HashMap<>(labels);
    more.put(key, value);
    labels = more;
    return this;
  }

  VmBuilder address(Optional<String> value) {
    address = value;
    return this;
  }

  VmBuilder chatPort(int value) {
    chatPort = value;
    return this;
  }

  VmBuilder runLimit(Optional<Duration> value) {
    runLimit = value;
    return this;
  }

  Vm build() {
    return new Vm(
        id,
        name,
        zone,
        machineType,
        image,
        state,
        created,
        labels,
        labelFingerprint,
        address,
        chatPort,
        seats,
        signs,
        spot,
        runLimit,
        resources);
  }
}
