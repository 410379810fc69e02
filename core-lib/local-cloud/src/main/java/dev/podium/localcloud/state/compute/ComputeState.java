package dev.podium.localcloud.state.compute;

import dev.podium.localcloud.state.Changes;
import dev.podium.localcloud.state.Identifiers;
import dev.podium.localcloud.state.OrderedCopies;
import dev.podium.localcloud.state.Project;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.Timeline;
import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.fault.Faults;
import dev.podium.localcloud.state.instance.Instance;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.instance.InstanceTemplate;
import dev.podium.localcloud.state.instance.SerialLog;
import dev.podium.localcloud.state.operation.OperationError;
import dev.podium.localcloud.state.operation.Operations;
import dev.podium.localcloud.state.resource.Images;
import dev.podium.localcloud.state.resource.NetworkPart;
import dev.podium.localcloud.state.resource.PersistentDisk;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/// What Compute Engine knows: instances, templates, disks, images, networks, operations, and what
/// goes wrong.
///
/// Reads are lock-free and see whole records. Writers that check before they write hold this
/// object's monitor.
public final class ComputeState {
  private final Timeline timeline;
  private final Project project;
  private final Identifiers identifiers;
  private final Images images;
  private final Operations operations;
  private final Changes changes = new Changes();
  private final FaultPlan plan;
  private final RateQuotas rateQuotas;
  private final DefaultNetwork defaultNetwork;
  private final ConcurrentSkipListMap<InstanceKey, Instance> instances =
      new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<InstanceKey, PersistentDisk> disks =
      new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<String, NetworkPart> networkParts =
      new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<String, InstanceTemplate> templates =
      new ConcurrentSkipListMap<>();
  private final Map<Long, SerialLog> serialLogs = new ConcurrentHashMap<>();
  private final Map<Long, Map<String, String>> guestAttributes = new ConcurrentHashMap<>();
  private volatile Map<String, String> projectMetadata = Map.of();

  /// @param project the project's id
  /// @param plan what goes wrong; ids are drawn from its seed
  public ComputeState(String project, FaultPlan plan, Timeline timeline) {
    this.timeline = timeline;
    this.project = Project.named(project, timeline.now());
    this.plan = plan;
    this.rateQuotas = new RateQuotas(plan, timeline, this.project.number());
    this.identifiers = new Identifiers(plan.seed());
    this.images = new Images(project, identifiers);
    this.operations = new Operations(timeline, identifiers);
    this.defaultNetwork = new DefaultNetwork(this);
    plan.onChange(faults -> defaultNetwork.follow(faults.project().network()));
  }

  /// Somebody asked for a network that there is not: one that is young comes into being now.
  public void networkMissed(String name) {
    defaultNetwork.missed(name);
  }

  public Project project() {
    return project;
  }

  public Timeline timeline() {
    return timeline;
  }

  public Images images() {
    return images;
  }

  public Operations operations() {
    return operations;
  }

  public Changes changes() {
    return changes;
  }

  /// What goes wrong at present.
  public Faults faults() {
    return plan.now();
  }

  /// What goes wrong, and when.
  public FaultPlan plan() {
    return plan;
  }

  /// How many requests may come.
  public RateQuotas rateQuotas() {
    return rateQuotas;
  }

  /// Why an operation of this type is to fail, if chance wants it to.
  Optional<OperationError> mishap(String operationType) {
    Faults.FailingOperations failing = plan.now().failingOperations();
    return failing.concern(operationType)
            && plan.happens(FaultPlan.Chance.OPERATION, failing.rate())
        ? Optional.of(OperationError.coded(failing.code()))
        : Optional.empty();
  }

  /// Metadata that every machine sees.
  public Map<String, String> projectMetadata() {
    return projectMetadata;
  }

  void setProjectMetadata(Map<String, String> changed) {
    projectMetadata = OrderedCopies.copyOf(changed);
    changes.signal();
  }

  long nextId() {
    return identifiers.next();
  }

  Instant now() {
    return timeline.now();
  }

  // --- instances

  /// Those of a zone whose names come behind one, by name; all of them behind the empty name.
  public Collection<Instance> instancesIn(String zone, String name) {
    return instances
        .subMap(new InstanceKey(zone, name), false, new InstanceKey(zone + '\0', ""), false)
        .values();
  }

  /// Those that come behind a key, by zone and name.
  public Collection<Instance> instancesBehind(InstanceKey key) {
    return instances.tailMap(key, false).values();
  }

  /// All, by zone and name.
  public Collection<Instance> instances() {
    return instances.values();
  }

  /// One, if it exists.
  public Optional<Instance> instance(InstanceKey key) {
    return Optional.ofNullable(instances.get(key));
  }

  /// One by its id, which no later instance of the same name has.
  public Optional<Instance> instance(InstanceKey key, long id) {
    return instance(key).filter(instance -> instance.id() == id);
  }

  /// @throws Refusal if there is none
  public Instance requireInstance(InstanceKey key) {
    return instance(key).orElseThrow(() -> Refusal.notFound(project.path(key.path())));
  }

  synchronized void put(Instance instance) {
    instances.put(instance.key(), instance);
    changes.signal();
  }

  /// Changes one that still exists; answers what it is then.
  synchronized Optional<Instance> change(
      InstanceKey key, long id, UnaryOperator<Instance> changing) {
    Optional<Instance> changed = instance(key, id).map(changing);
    changed.ifPresent(this::put);
    return changed;
  }

  synchronized void remove(Instance instance) {
    instances.remove(instance.key());
    serialLogs.remove(instance.id());
    guestAttributes.remove(instance.id());
    changes.signal();
  }

  /// What a machine wrote to its serial port.
  public SerialLog serialLog(Instance instance) {
    return serialLogs.computeIfAbsent(instance.id(), id -> new SerialLog());
  }

  /// What a machine told the cloud about itself, by `namespace/key`.
  public Map<String, String> guestAttributes(long instanceId) {
    return guestAttributes.computeIfAbsent(instanceId, id -> new ConcurrentSkipListMap<>());
  }

  // --- disks

  /// All, by zone and name.
  public Collection<PersistentDisk> disks() {
    return disks.values();
  }

  /// One, if it exists.
  public Optional<PersistentDisk> disk(InstanceKey key) {
    return Optional.ofNullable(disks.get(key));
  }

  void put(PersistentDisk disk) {
    disks.put(disk.key(), disk);
  }

  void remove(PersistentDisk disk) {
    disks.remove(disk.key());
  }

  // --- instance templates

  /// All, by name.
  public Collection<InstanceTemplate> templates() {
    return templates.values();
  }

  /// One, if it exists.
  public Optional<InstanceTemplate> template(String name) {
    return Optional.ofNullable(templates.get(name));
  }

  /// Adds one; says whether its name was free.
  boolean putIfAbsent(InstanceTemplate template) {
    return templates.putIfAbsent(template.name(), template) == null;
  }

  void remove(InstanceTemplate template) {
    templates.remove(template.name());
  }

  // --- networks and firewall rules

  /// All of a kind, by name.
  public List<NetworkPart> networkParts(NetworkPart.Kind kind) {
    return networkParts.values().stream().filter(part -> part.kind() == kind).toList();
  }

  /// One, if it exists.
  public Optional<NetworkPart> networkPart(NetworkPart.Kind kind, String name) {
    return Optional.ofNullable(networkParts.get("global/" + kind.collection() + "/" + name));
  }

  void put(NetworkPart part) {
    networkParts.put(part.path(), part);
  }

  void remove(NetworkPart part) {
    networkParts.remove(part.path());
  }
}
