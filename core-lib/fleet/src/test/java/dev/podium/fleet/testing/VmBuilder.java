package dev.podium.fleet.testing;

import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmState;
import dev.podium.fleet.model.offer.VmResources;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A VM as a test needs it: a usual one, or one like another, with what matters to the test said by
/// name.
public final class VmBuilder {
  private String id;
  private VmName name;
  private String zone = "us-central1-a";
  private String machineType = "e2-small";
  private String image = "podium-agent";
  private VmState state = VmState.RUNNING;
  private Instant created = Instant.parse("2026-03-02T09:00:00Z");
  private Map<String, String> labels = Map.of();
  private String labelFingerprint = "f0";
  private Optional<String> address = Optional.of("127.0.0.1");
  private int chatPort = 8_080;
  private int seats = 50;
  private boolean signs = true;
  private boolean spot;
  private Optional<Duration> runLimit = Optional.empty();
  private VmResources resources = VmResources.UNKNOWN;

  private VmBuilder(String id, VmName name) {
    this.id = id;
    this.name = name;
  }

  /// An on-demand VM that runs, without labels and without a run limit.
  public static VmBuilder vm(String id, String name) {
    return new VmBuilder(id, new VmName(name));
  }

  /// One that is the same as that one.
  public static VmBuilder like(Vm vm) {
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

  public VmBuilder id(String value) {
    id = value;
    return this;
  }

  public VmBuilder name(String value) {
    name = new VmName(value);
    return this;
  }

  public VmBuilder zone(String value) {
    zone = value;
    return this;
  }

  public VmBuilder machineType(String value) {
    machineType = value;
    return this;
  }

  public VmBuilder image(String value) {
    image = value;
    return this;
  }

  public VmBuilder state(VmState value) {
    state = value;
    return this;
  }

  public VmBuilder created(Instant value) {
    created = value;
    return this;
  }

  public VmBuilder labels(Map<String, String> value) {
    labels = value;
    return this;
  }

  public VmBuilder labelFingerprint(String value) {
    labelFingerprint = value;
    return this;
  }

  public VmBuilder address(String value) {
    address = Optional.of(value);
    return this;
  }

  public VmBuilder noAddress() {
    address = Optional.empty();
    return this;
  }

  public VmBuilder chatPort(int value) {
    chatPort = value;
    return this;
  }

  public VmBuilder spot(boolean value) {
    spot = value;
    return this;
  }

  public VmBuilder runLimit(Duration value) {
    runLimit = Optional.of(value);
    return this;
  }

  public VmBuilder noRunLimit() {
    runLimit = Optional.empty();
    return this;
  }

  public VmBuilder seats(int value) {
    seats = value;
    return this;
  }

  /// Made by a release whose VMs sign nothing.
  public VmBuilder outdated() {
    signs = false;
    return this;
  }

  /// @param value whether a release made it whose VMs sign what they say
  public VmBuilder signs(boolean value) {
    signs = value;
    return this;
  }

  public VmBuilder resources(VmResources value) {
    resources = value;
    return this;
  }

  public Vm build() {
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
