package dev.podium.localcloud.compute.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.list.Listing;
import dev.podium.localcloud.compute.request.Call;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.ComputeResponse;
import dev.podium.localcloud.compute.request.Links;
import dev.podium.localcloud.compute.request.PathParameters;
import dev.podium.localcloud.compute.request.Router;
import dev.podium.localcloud.state.QuotaMetric;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.Scope;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.compute.QuotaUsage;
import dev.podium.localcloud.state.place.Catalog;
import dev.podium.localcloud.state.place.Catalog.DiskType;
import dev.podium.localcloud.state.place.Catalog.MachineType;
import dev.podium.localcloud.state.place.Catalog.Region;
import dev.podium.localcloud.state.place.Catalog.Stage;
import java.time.Instant;
import java.util.stream.Stream;

/// Zones, regions, machine types, disk types.
public final class PlacesApi {
  /// Nobody remembers when the places were made.
  private static final Instant ALWAYS = Instant.parse("2014-05-30T18:35:16Z");

  private final ComputeState state;
  private final Links links;
  private final Listing listing;

  public PlacesApi(ComputeState state, Links links, Listing listing) {
    this.state = state;
    this.links = links;
    this.listing = listing;
  }

  public void register(Router router) {
    String project = "projects/{project}/";
    router.on("GET", project + "zones", this::zones);
    router.on(
        "GET",
        project + "zones/{zone}",
        call -> ComputeResponse.ok(zone(PathParameters.zone(state, call))));
    router.on("GET", project + "regions", this::regions);
    router.on("GET", project + "regions/{region}", this::region);
    router.on("GET", project + "aggregated/machineTypes", this::allMachineTypes);
    router.on("GET", project + "zones/{zone}/machineTypes", this::machineTypes);
    router.on("GET", project + "zones/{zone}/machineTypes/{name}", this::machineType);
    router.on("GET", project + "aggregated/diskTypes", this::allDiskTypes);
    router.on("GET", project + "zones/{zone}/diskTypes", this::diskTypes);
    router.on("GET", project + "zones/{zone}/diskTypes/{name}", this::diskType);
  }

  private ComputeResponse zones(Call call) {
    PathParameters.requireOwnProject(state, call);
    return ComputeResponse.ok(
        listing.page(
            call,
            "compute#zoneList",
            links.own("zones"),
            Catalog.zones().stream()
                .map(zone -> new Listing.Item(Scope.GLOBAL, zone, ALWAYS, () -> zone(zone)))));
  }

  private ObjectNode zone(String zone) {
    ObjectNode node = head("compute#zone", zone, "zones/" + zone);
    node.put("status", "UP");
    node.put("region", links.own("regions/" + Catalog.regionOf(zone)));
    node.putArray("availableCpuPlatforms").add("Intel Broadwell").add("AMD Rome");
    return node;
  }

  private ObjectNode head(String kind, String name, String path) {
    ObjectNode node = ComputeJson.object();
    node.put("kind", kind);
    node.put("id", String.valueOf(2_000L + Math.floorMod(name.hashCode(), 1_000_000)));
    node.put("creationTimestamp", ComputeJson.time(ALWAYS));
    node.put("name", name);
    node.put("description", name);
    node.put("selfLink", links.own(path));
    return node;
  }

  private ComputeResponse regions(Call call) {
    PathParameters.requireOwnProject(state, call);
    return ComputeResponse.ok(
        listing.page(
            call,
            "compute#regionList",
            links.own("regions"),
            Catalog.regions().stream()
                .map(region ->
                    new Listing.Item(Scope.GLOBAL, region.name(), ALWAYS, () -> region(region)))));
  }

  private ComputeResponse region(Call call) {
    PathParameters.requireOwnProject(state, call);
    String name = call.path("region");
    return Catalog.region(name)
        .map(region -> ComputeResponse.ok(region(region)))
        .orElseThrow(() -> Refusal.notFound(state.project().path("regions/" + name)));
  }

  private ObjectNode region(Region region) {
    ObjectNode node = head("compute#region", region.name(), "regions/" + region.name());
    node.put("status", "UP");
    ArrayNode zones = node.putArray("zones");
    region.zones().forEach(zone -> zones.add(links.own("zones/" + zone)));
    ArrayNode quotas = node.putArray("quotas");
    for (QuotaMetric metric : QuotaMetric.values()) {
      if (!metric.regional()) {
        continue;
      }
      quotas
          .addObject()
          .put("metric", metric.name())
          .put("limit", state.faults().limit(region.name(), metric))
          .put("usage", QuotaUsage.of(state, region.name(), metric));
    }
    return node;
  }

  private ComputeResponse machineTypes(Call call) {
    String zone = PathParameters.zone(state, call);
    return ComputeResponse.ok(
        listing.page(
            call,
            "compute#machineTypeList",
            links.own("zones/" + zone + "/machineTypes"),
            machineTypesIn(zone)));
  }

  private ComputeResponse allMachineTypes(Call call) {
    PathParameters.requireOwnProject(state, call);
    return ComputeResponse.ok(
        listing.aggregated(
            call,
            new Listing.Aggregate(
                "compute#machineTypeAggregatedList",
                links.own("aggregated/machineTypes"),
                "machineTypes",
                Catalog.zones().stream().map(Scope::zone).toList()),
            place ->
                from(place).flatMap(this::machineTypesIn).filter(item -> item.isBehind(place))));
  }

  /// The zones from a place on: of so many machine types, a page looks only at those that follow.
  private static Stream<String> from(String place) {
    String[] parts = place.split("/", -1);
    return Catalog.zones().stream()
        .filter(zone -> parts.length < 2 || zone.compareTo(parts[1]) >= 0);
  }

  private Stream<Listing.Item> machineTypesIn(String zone) {
    return Catalog.machineTypes(zone).stream()
        .map(type ->
            new Listing.Item(Scope.zone(zone), type.name(), ALWAYS, () -> machineType(zone, type)));
  }

  private ComputeResponse machineType(Call call) {
    String zone = PathParameters.zone(state, call);
    String name = call.path("name");
    return Catalog.machineType(zone, name)
        .map(type -> ComputeResponse.ok(machineType(zone, type)))
        .orElseThrow(() ->
            Refusal.notFound(state.project().path("zones/" + zone + "/machineTypes/" + name)));
  }

  private ObjectNode machineType(String zone, MachineType type) {
    ObjectNode node = ComputeJson.object();
    node.put("kind", "compute#machineType");
    node.put("id", String.valueOf(type.id()));
    node.put("creationTimestamp", ComputeJson.time(ALWAYS));
    node.put("name", type.name());
    node.put("description", type.guestCpus() + " vCPUs, " + type.memoryMb() / 1024.0 + " GB RAM");
    node.put("guestCpus", type.guestCpus());
    node.put("memoryMb", type.memoryMb());
    node.put("maximumPersistentDisks", 128);
    node.put("maximumPersistentDisksSizeGb", "263168");
    node.put("isSharedCpu", type.shared());
    node.put("architecture", type.architecture());
    if (type.stage() != Stage.CURRENT) {
      node.putObject("deprecated").put("state", type.stage().name());
    }
    node.put("zone", zone);
    node.put("selfLink", links.own("zones/" + zone + "/machineTypes/" + type.name()));
    return node;
  }

  private ComputeResponse diskTypes(Call call) {
    String zone = PathParameters.zone(state, call);
    return ComputeResponse.ok(
        listing.page(
            call,
            "compute#diskTypeList",
            links.own("zones/" + zone + "/diskTypes"),
            diskTypesIn(zone)));
  }

  private ComputeResponse allDiskTypes(Call call) {
    PathParameters.requireOwnProject(state, call);
    return ComputeResponse.ok(
        listing.aggregated(
            call,
            new Listing.Aggregate(
                "compute#diskTypeAggregatedList",
                links.own("aggregated/diskTypes"),
                "diskTypes",
                Catalog.zones().stream().map(Scope::zone).toList()),
            Catalog.zones().stream().flatMap(this::diskTypesIn)));
  }

  private Stream<Listing.Item> diskTypesIn(String zone) {
    return Catalog.diskTypes().stream()
        .map(type ->
            new Listing.Item(Scope.zone(zone), type.name(), ALWAYS, () -> diskType(zone, type)));
  }

  private ComputeResponse diskType(Call call) {
    String zone = PathParameters.zone(state, call);
    String name = call.path("name");
    return Catalog.diskType(name)
        .map(type -> ComputeResponse.ok(diskType(zone, type)))
        .orElseThrow(
            () -> Refusal.notFound(state.project().path("zones/" + zone + "/diskTypes/" + name)));
  }

  private ObjectNode diskType(String zone, DiskType type) {
    ObjectNode node =
        head("compute#diskType", type.name(), "zones/" + zone + "/diskTypes/" + type.name());
    node.put("description", type.description());
    node.put("validDiskSize", type.sizes());
    node.put("defaultDiskSizeGb", String.valueOf(type.usualGb()));
    node.put("zone", links.own("zones/" + zone));
    return node;
  }
}
