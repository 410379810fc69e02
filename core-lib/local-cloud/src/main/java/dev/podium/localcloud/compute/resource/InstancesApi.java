package dev.podium.localcloud.compute.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.body.InstanceBody;
import dev.podium.localcloud.compute.list.Listing;
import dev.podium.localcloud.compute.request.Call;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.ComputeResponse;
import dev.podium.localcloud.compute.request.Links;
import dev.podium.localcloud.compute.request.PathParameters;
import dev.podium.localcloud.compute.request.Router;
import dev.podium.localcloud.compute.rule.InsertRules;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.Scope;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.compute.InstanceLifecycle;
import dev.podium.localcloud.state.instance.Instance;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.instance.SerialLog;
import dev.podium.localcloud.state.operation.Operation;
import dev.podium.localcloud.state.operation.Operations.Caller;
import dev.podium.localcloud.state.place.Catalog;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// Instances: what is there, and their lives.
public final class InstancesApi {
  private final ComputeState state;
  private final InstanceLifecycle lifecycle;
  private final Links links;
  private final Listing listing;
  private final OperationReplies replies;
  private final InstanceBody bodies;
  private final InstanceTemplatesApi templates;
  private final InsertRules rules;
  private final InstanceJson json;

  public InstancesApi(
      ComputeState state,
      InstanceLifecycle lifecycle,
      Links links,
      Listing listing,
      OperationReplies replies,
      InstanceBody bodies,
      InstanceTemplatesApi templates,
      InsertRules rules) {
    this.state = state;
    this.lifecycle = lifecycle;
    this.links = links;
    this.listing = listing;
    this.replies = replies;
    this.bodies = bodies;
    this.templates = templates;
    this.rules = rules;
    this.json = new InstanceJson(links, lifecycle.tempo());
  }

  public void register(Router router) {
    String instances = "projects/{project}/zones/{zone}/instances";
    String one = instances + "/{name}";
    router.on("GET", "projects/{project}/aggregated/instances", this::aggregated);
    router.on("GET", instances, this::list);
    router.on("POST", instances, this::insert);
    router.on("GET", one, this::get);
    router.on("DELETE", one, call -> act(call, lifecycle::delete));
    router.on("POST", one + "/stop", call -> act(call, lifecycle::stop));
    router.on("POST", one + "/start", call -> act(call, lifecycle::start));
    router.on("POST", one + "/reset", call -> act(call, lifecycle::reset));
    router.on("POST", one + "/suspend", call -> act(call, lifecycle::suspend));
    router.on("POST", one + "/resume", call -> act(call, lifecycle::resume));
    router.on("GET", one + "/serialPort", this::serialPort);
    router.on("GET", one + "/getGuestAttributes", this::guestAttributes);
  }

  private ComputeResponse act(Call call, BiFunction<InstanceKey, Caller, Operation> action) {
    InstanceKey key = PathParameters.key(state, call);
    return replies.operation(call, caller -> action.apply(key, caller));
  }

  private ComputeResponse get(Call call) {
    return ComputeResponse.ok(json.write(state.requireInstance(PathParameters.key(state, call))));
  }

  private ComputeResponse insert(Call call) {
    String zone = PathParameters.zone(state, call);
    return replies.operation(
        call,
        caller -> {
          ObjectNode body = templates.filledIn(call);
          InstanceBody.Wanted wanted = bodies.read(body, zone);
          rules.check(call.user(), body, wanted.key(), wanted.spec());
          return lifecycle.insert(wanted.key(), wanted.spec(), wanted.created(), caller);
        });
  }

  private ComputeResponse list(Call call) {
    String zone = PathParameters.zone(state, call);
    return ComputeResponse.ok(
        listing.page(
            call,
            "compute#instanceList",
            links.own("zones/" + zone + "/instances"),
            place -> items(state.instancesIn(zone, key(place).name()))));
  }

  private ComputeResponse aggregated(Call call) {
    PathParameters.requireOwnProject(state, call);
    return ComputeResponse.ok(
        listing.aggregated(
            call,
            new Listing.Aggregate(
                "compute#instanceAggregatedList",
                links.own("aggregated/instances"),
                "instances",
                Catalog.zones().stream().map(Scope::zone).toList()),
            place -> items(state.instancesBehind(key(place)))));
  }

  /// The key in a place such as `zones/Z/NAME`; before all others for the empty place.
  private static InstanceKey key(String place) {
    String[] parts = place.split("/", 3);
    return parts.length == 3 ? new InstanceKey(parts[1], parts[2]) : new InstanceKey("", "");
  }

  private Stream<Listing.Item> items(Collection<Instance> instances) {
    return instances.stream()
        .map(instance ->
            new Listing.Item(
                Scope.zone(instance.key().zone()),
                instance.key().name(),
                instance.created(),
                () -> json.write(instance)));
  }

  private ComputeResponse serialPort(Call call) {
    Instance instance = state.requireInstance(PathParameters.key(state, call));
    long port = number(call, "port", 1);
    if (port < 1 || port > 4) {
      throw Refusal.invalidField("port", String.valueOf(port), "Must be between 1 and 4.");
    }
    // Only the first port is connected to anything.
    SerialLog.Stretch stretch =
        port == 1
            ? state.serialLog(instance).read(number(call, "start", 0))
            : new SerialLog.Stretch("", 0, 0);
    ObjectNode node = ComputeJson.object();
    node.put("kind", "compute#serialPortOutput");
    node.put("contents", stretch.contents());
    node.put("start", String.valueOf(stretch.start()));
    node.put("next", String.valueOf(stretch.next()));
    node.put("selfLink", links.own(instance.key().path() + "/serialPort"));
    return ComputeResponse.ok(node);
  }

  private static long number(Call call, String name, long otherwise) {
    String text = call.query(name).orElse(String.valueOf(otherwise));
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException malformed) {
      throw Refusal.invalidField(name, text, "Must be a whole number.");
    }
  }

  private ComputeResponse guestAttributes(Call call) {
    Instance instance = state.requireInstance(PathParameters.key(state, call));
    String variable = call.query("variableKey").orElse("");
    String path = call.query("queryPath").orElse(variable);
    Map<String, String> all = state.guestAttributes(instance.id());
    ObjectNode node = ComputeJson.object();
    node.put("kind", "compute#guestAttributes");
    node.put("selfLink", links.own(instance.key().path() + "/getGuestAttributes"));
    node.put("queryPath", path);
    String prefix = path.isEmpty() || path.endsWith("/") ? path : path + "/";
    ArrayNode items = ComputeJson.object().arrayNode();
    all.forEach((name, value) -> {
      if (name.equals(path) || name.startsWith(prefix)) {
        int slash = name.indexOf('/');
        items
            .addObject()
            .put("namespace", name.substring(0, slash))
            .put("key", name.substring(slash + 1))
            .put("value", value);
      }
    });
    if (items.isEmpty()) {
      throw Refusal.notFound(
          state.project().path(instance.key().path() + "/guestAttributes/" + path));
    }
    node.putObject("queryValue").set("items", items);
    if (!variable.isEmpty()) {
      node.put("variableKey", variable).put("variableValue", items.path(0).path("value").asText());
    }
    return ComputeResponse.ok(node);
  }
}
