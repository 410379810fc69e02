package dev.podium.fleet.google.compute;

import com.google.api.gax.httpjson.HttpJsonCallContext;
import com.google.api.gax.rpc.UnaryCallable;
import com.google.cloud.compute.v1.AggregatedListInstancesRequest;
import com.google.cloud.compute.v1.DeleteInstanceRequest;
import com.google.cloud.compute.v1.GetInstanceRequest;
import com.google.cloud.compute.v1.GetSerialPortOutputInstanceRequest;
import com.google.cloud.compute.v1.InsertInstanceRequest;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstanceAggregatedList;
import com.google.cloud.compute.v1.InstancesSetLabelsRequest;
import com.google.cloud.compute.v1.ListMachineTypesRequest;
import com.google.cloud.compute.v1.ListZonesRequest;
import com.google.cloud.compute.v1.MachineTypeList;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.SerialPortOutput;
import com.google.cloud.compute.v1.SetLabelsInstanceRequest;
import com.google.cloud.compute.v1.SetMetadataInstanceRequest;
import com.google.cloud.compute.v1.ZoneList;
import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.VmList;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.MachineSettings;
import dev.podium.fleet.google.compute.failure.ComputeErrors;
import dev.podium.fleet.google.compute.failure.KnownRefusals;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmSpec;
import dev.podium.fleet.model.offer.MachineType;
import dev.podium.fleet.model.offer.PriceList;
import dev.podium.fleet.model.offer.RegionQuota;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.CloudTicker;
import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.google.CloudCalls;
import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.google.RetryPolicy;
import dev.podium.wire.google.TokenCredentials;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/// Virtual machines of Compute Engine, or of the local cloud that speaks its protocol.
public final class GoogleComputeCloud implements ComputeCloud {
  private static final int PAGE = 500;
  private static final int METADATA_ATTEMPTS = 5;

  private final String project;
  private final boolean priced;
  private final MachineSettings machines;
  private final ComputeClients clients;
  private final RetryPolicy policy;
  private final CloudCalls calls;
  private final OperationWatch watch;
  private final Quotas quotas;
  private final DeletionHistory history;

  public GoogleComputeCloud(CloudProfile profile, AccessTokens tokens, RetryPolicy policy) {
    this(profile, tokens, policy, new CloudTicker(Ticker.system()));
  }

  /// @param ticker learns the cloud's clock from every answer
  public GoogleComputeCloud(
      CloudProfile profile, AccessTokens tokens, RetryPolicy policy, CloudTicker ticker) {
    this.project = profile.project();
    this.priced = !profile.local();
    this.machines = profile.machines();
    this.policy = policy;
    this.clients =
        new ComputeClients(
            new TokenCredentials(tokens), profile.computeEndpoint(), Optional.of(ticker));
    this.calls =
        new CloudCalls(policy, HttpJsonCallContext.createDefault(), ComputeErrors::translate);
    this.watch = new OperationWatch(clients, calls, policy.firstPause());
    this.quotas = new Quotas(project, clients, calls);
    this.history = new DeletionHistory(project, clients, calls);
  }

  @Override
  public VmList list(String fleet) {
    ErrorContext context = errorContext("The VMs of fleet '" + fleet + "' cannot be listed");
    List<Vm> vms = new ArrayList<>();
    Set<String> unreached = new HashSet<>();
    for (InstanceAggregatedList page :
        calls.pages(
            context,
            clients.instances().aggregatedListCallable(),
            token ->
                AggregatedListInstancesRequest.newBuilder()
                    .setProject(project)
                    .setFilter("labels." + Labels.FLEET + " = " + fleet)
                    .setMaxResults(PAGE)
                    .setPageToken(token)
                    .setReturnPartialSuccess(true)
                    .build(),
            InstanceAggregatedList::getNextPageToken)) {
      page.getItemsMap()
          .forEach((scope, part) -> {
            if (ComputeErrors.isUnreached(part.getWarning())) {
              unreached.add(Instances.shortName(scope));
            }
            part.getInstancesList().forEach(instance -> vms.add(Instances.vm(instance)));
          });
    }
    return new VmList(vms, unreached);
  }

  @Override
  public Optional<Vm> get(String zone, VmName name) {
    return instance(errorContext("VM '" + name + "' cannot be read in " + zone), zone, name)
        .map(Instances::vm);
  }

  private Optional<Instance> instance(ErrorContext context, String zone, VmName name) {
    try {
      return Optional.of(
          calls.call(
              context,
              clients.instances().getCallable(),
              GetInstanceRequest.newBuilder()
                  .setProject(project)
                  .setZone(zone)
                  .setInstance(name.value())
                  .build()));
    } catch (PodiumException.NotFound e) {
      return Optional.empty();
    }
  }

  @Override
  public Started create(VmSpec spec, UUID requestId) {
    ErrorContext context =
        errorContext("VM '" + spec.name() + "' was not created in " + spec.zone());
    Operation operation =
        insert(
            context,
            InsertInstanceRequest.newBuilder()
                .setProject(project)
                .setZone(spec.zone())
                .setRequestId(requestId.toString())
                .setInstanceResource(Instances.of(spec, machines))
                .build());
    return new Started(
        operation.getName(),
        watch.follow(
            context,
            spec.zone(),
            operation,
            () -> get(spec.zone(), spec.name()).isPresent(),
            quotas.facts(spec)));
  }

  private Operation insert(ErrorContext context, InsertInstanceRequest request) {
    try {
      return calls.call(context, clients.instances().insertCallable(), request);
    } catch (PodiumException.NotFound e) {
      if (!KnownRefusals.isYoungProject(e)) {
        throw e;
      }
      calls.pause(context, policy.firstPause());
      return calls.call(context, clients.instances().insertCallable(), request);
    }
  }

  @Override
  public Started delete(String zone, VmName name, UUID requestId) {
    return delete(zone, name, requestId, calls::call);
  }

  @Override
  public Started deleteOnce(String zone, VmName name, UUID requestId) {
    return delete(zone, name, requestId, calls::once);
  }

  private Started delete(String zone, VmName name, UUID requestId, Deleting how) {
    ErrorContext context = errorContext("VM '" + name + "' was not deleted in " + zone);
    try {
      Operation operation =
          how.call(
              context,
              clients.instances().deleteCallable(),
              DeleteInstanceRequest.newBuilder()
                  .setProject(project)
                  .setZone(zone)
                  .setInstance(name.value())
                  .setRequestId(requestId.toString())
                  .build());
      return new Started(
          operation.getName(),
          watch
              .follow(context, zone, operation, () -> get(zone, name).isEmpty())
              .exceptionallyCompose(GoogleComputeCloud::unlessMissing));
    } catch (PodiumException.NotFound e) {
      return new Started("", CompletableFuture.completedFuture(null));
    }
  }

  /// Of two deletions of one VM the later may find nothing any more.
  private static CompletableFuture<Void> unlessMissing(Throwable failure) {
    return PodiumException.in(failure)
            .filter(PodiumException.NotFound.class::isInstance)
            .isPresent()
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(failure);
  }

  /// With repetitions, or without.
  @FunctionalInterface
  private interface Deleting {
    Operation call(
        ErrorContext context,
        UnaryCallable<DeleteInstanceRequest, Operation> callable,
        DeleteInstanceRequest request);
  }

  @Override
  public List<PastDeletion> deletions(Instant since, Set<String> without) {
    return history.since(since, without);
  }

  @Override
  public Instant setLabels(Vm vm, Map<String, String> labels) {
    ErrorContext context = errorContext("The labels of VM '" + vm.name() + "' were not changed");
    Operation operation =
        calls.call(
            context,
            clients.instances().setLabelsCallable(),
            SetLabelsInstanceRequest.newBuilder()
                .setProject(project)
                .setZone(vm.zone())
                .setInstance(vm.name().value())
                .setRequestId(UUID.randomUUID().toString())
                .setInstancesSetLabelsRequestResource(
                    InstancesSetLabelsRequest.newBuilder()
                        .setLabelFingerprint(vm.labelFingerprint())
                        .putAllLabels(labels))
                .build());
    // The fingerprint was checked when the request was accepted; a forgotten operation is no harm.
    await(watch.follow(context, vm.zone(), operation, () -> true));
    return CloudTime.required(context, operation.getInsertTime());
  }

  @Override
  public Map<String, String> metadata(String zone, VmName name) {
    return instance(errorContext("The metadata of VM '" + name + "' cannot be read"), zone, name)
        .map(Instances::metadata)
        .orElse(Map.of());
  }

  @Override
  public void editMetadata(String zone, VmName name, UnaryOperator<Map<String, String>> edit) {
    ErrorContext context = errorContext("The metadata of VM '" + name + "' were not changed");
    for (int attempt = 1; ; attempt++) {
      Instance instance =
          instance(context, zone, name)
              .orElseThrow(() ->
                  new PodiumException.NotFound(
                      context.what(), "it is no more", "Read the list again.", null));
      Map<String, String> items = edit.apply(Instances.metadata(instance));
      if (items.isEmpty()) {
        return;
      }
      try {
        Operation operation =
            calls.call(
                context,
                clients.instances().setMetadataCallable(),
                SetMetadataInstanceRequest.newBuilder()
                    .setProject(project)
                    .setZone(zone)
                    .setInstance(name.value())
                    .setRequestId(UUID.randomUUID().toString())
                    .setMetadataResource(Instances.with(instance.getMetadata(), items))
                    .build());
        await(watch.follow(context, zone, operation, () -> true));
        return;
      } catch (PodiumException.Conflict e) {
        if (attempt == METADATA_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  @Override
  public SerialOutput serialPort(String zone, VmName name, long start) {
    SerialPortOutput output =
        calls.call(
            errorContext("The serial console of VM '" + name + "' cannot be read"),
            clients.instances().getSerialPortOutputCallable(),
            GetSerialPortOutputInstanceRequest.newBuilder()
                .setProject(project)
                .setZone(zone)
                .setInstance(name.value())
                .setPort(1)
                .setStart(start)
                .build());
    return new SerialOutput(output.getContents(), output.getNext());
  }

  @Override
  public List<String> zones() {
    ErrorContext context = errorContext("The zones cannot be listed");
    List<String> zones = new ArrayList<>();
    for (ZoneList page :
        calls.pages(
            context,
            clients.zones().listCallable(),
            token -> ListZonesRequest.newBuilder().setProject(project).setPageToken(token).build(),
            ZoneList::getNextPageToken)) {
      page.getItemsList().stream()
          .filter(zone -> !"DOWN".equals(zone.getStatus()))
          .forEach(zone -> zones.add(zone.getName()));
    }
    return zones.stream().sorted().toList();
  }

  @Override
  public List<MachineType> machineTypes(String zone) {
    ErrorContext context = errorContext("The machine types of " + zone + " cannot be listed");
    List<MachineType> types = new ArrayList<>();
    for (MachineTypeList page :
        calls.pages(
            context,
            clients.machineTypes().listCallable(),
            token ->
                ListMachineTypesRequest.newBuilder()
                    .setProject(project)
                    .setZone(zone)
                    .setPageToken(token)
                    .build(),
            MachineTypeList::getNextPageToken)) {
      page.getItemsList().stream()
          .filter(type -> !type.hasDeprecated())
          .forEach(type -> types.add(machineType(type)));
    }
    return types.stream()
        .sorted(
            Comparator.comparingInt(MachineType::guestCpus)
                .thenComparingInt(MachineType::memoryMb)
                .thenComparing(MachineType::name))
        .toList();
  }

  @Override
  public List<RegionQuota> quotas(String region) {
    return quotas.of(region);
  }

  @Override
  public boolean externalAddresses() {
    return machines.externalAddress();
  }

  @Override
  public PriceList prices() {
    return priced ? MachinePrices.list(machines.externalAddress()) : PriceList.FREE;
  }

  private MachineType machineType(com.google.cloud.compute.v1.MachineType type) {
    String name = type.getName();
    int cpus = type.getGuestCpus();
    int memory = type.getMemoryMb();
    OptionalDouble price =
        priced ? MachinePrices.estimate(name, cpus, memory) : OptionalDouble.of(0);
    return new MachineType(name, cpus, memory, price.orElse(0), price.isPresent());
  }

  @Override
  public void close() {
    calls.close();
    clients.close();
  }

  private ErrorContext errorContext(String what) {
    return new ErrorContext(what, project, clients.endpoint());
  }

  /// Waits for the end; throws what the future failed with.
  public static void await(CompletableFuture<Void> done) {
    try {
      done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof PodiumException podium) {
        throw podium;
      }
      throw e;
    }
  }
}
