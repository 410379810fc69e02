package dev.podium.localcloud.compute.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.body.BodyShapes;
import dev.podium.localcloud.compute.body.ResourceName;
import dev.podium.localcloud.compute.list.Listing;
import dev.podium.localcloud.compute.request.Call;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.ComputeResponse;
import dev.podium.localcloud.compute.request.Links;
import dev.podium.localcloud.compute.request.PathParameters;
import dev.podium.localcloud.compute.request.Router;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.Scope;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.compute.Edits;
import dev.podium.localcloud.state.instance.InstanceTemplate;
import dev.podium.localcloud.state.place.Catalog;
import java.util.List;
import java.util.stream.Stream;

/// Instance templates of the project, and the instances that an insert makes from them.
public final class InstanceTemplatesApi {
  private final ComputeState state;
  private final Edits edits;
  private final Links links;
  private final Listing listing;
  private final OperationReplies replies;

  public InstanceTemplatesApi(
      ComputeState state, Edits edits, Links links, Listing listing, OperationReplies replies) {
    this.state = state;
    this.edits = edits;
    this.links = links;
    this.listing = listing;
    this.replies = replies;
  }

  public void register(Router router) {
    String templates = "projects/{project}/global/instanceTemplates";
    router.on("GET", "projects/{project}/aggregated/instanceTemplates", this::aggregated);
    router.on("GET", templates, this::list);
    router.on("POST", templates, this::insert);
    router.on("GET", templates + "/{name}", this::get);
    router.on("DELETE", templates + "/{name}", this::delete);
  }

  /// The instance that an insert asks for: what its template says, where the body does not say
  /// otherwise. Empty members of the body say nothing, because Google's Node client adds some.
  ///
  /// @throws Refusal if there is no such template, or the body is malformed
  ObjectNode filledIn(Call call) {
    return call.query("sourceInstanceTemplate")
        .map(reference -> filledIn(reference, call.body()))
        .orElseGet(call::body);
  }

  private ObjectNode filledIn(String reference, ObjectNode body) {
    BodyShapes.INSTANCE.check("resource", body);
    String path = links.normalise(reference);
    if (!path.contains("/global/instanceTemplates/")) {
      throw Refusal.invalidField(
          "sourceInstanceTemplate", reference, "It must name a global instance template.");
    }
    ObjectNode whole = ComputeJson.object();
    require(Links.shortName(path))
        .properties()
        .forEach((member, value) -> whole.set(member, ComputeJson.node(value)));
    body.properties()
        .forEach(entry -> {
          JsonNode value = entry.getValue();
          boolean says = !value.isNull() && !(value.isContainerNode() && value.isEmpty());
          if (says) {
            whole.set(entry.getKey(), value);
          }
        });
    return whole;
  }

  private InstanceTemplate require(String name) {
    return state
        .template(name)
        .orElseThrow(() -> Refusal.notFound(state.project().path(InstanceTemplate.path(name))));
  }

  private ComputeResponse get(Call call) {
    PathParameters.requireOwnProject(state, call);
    return ComputeResponse.ok(json(require(call.path("name"))));
  }

  private ComputeResponse insert(Call call) {
    PathParameters.requireOwnProject(state, call);
    ObjectNode body = call.body();
    BodyShapes.TEMPLATE.check("resource", body);
    String name = ResourceName.check("resource.name", ComputeJson.text(body, "name").orElse(""));
    if (!(body.path("properties") instanceof ObjectNode properties)) {
      throw Refusal.invalidField(
          "resource.properties", "", "A template is made from the properties of its instances.");
    }
    if (ComputeJson.text(properties, "machineType").isEmpty()) {
      throw Refusal.invalidField(
          "resource.properties.machineType", "", "A machine type is required.");
    }
    return replies.operation(
        call,
        caller ->
            edits.insert(
                new InstanceTemplate(
                    name,
                    edits.nextId(),
                    state.timeline().now(),
                    ComputeJson.text(body, "description").orElse(""),
                    ComputeJson.tree(properties)),
                caller));
  }

  private ComputeResponse delete(Call call) {
    PathParameters.requireOwnProject(state, call);
    return replies.operation(call, caller -> edits.delete(require(call.path("name")), caller));
  }

  private ComputeResponse list(Call call) {
    PathParameters.requireOwnProject(state, call);
    return ComputeResponse.ok(
        listing.page(
            call, "compute#instanceTemplateList", links.own("global/instanceTemplates"), items()));
  }

  private ComputeResponse aggregated(Call call) {
    PathParameters.requireOwnProject(state, call);
    List<Scope> scopes =
        Stream.concat(
                Stream.of(Scope.GLOBAL),
                Catalog.regions().stream().map(region -> Scope.region(region.name())))
            .toList();
    return ComputeResponse.ok(
        listing.aggregated(
            call,
            new Listing.Aggregate(
                "compute#instanceTemplateAggregatedList",
                links.own("aggregated/instanceTemplates"),
                "instanceTemplates",
                scopes),
            items()));
  }

  private Stream<Listing.Item> items() {
    return state.templates().stream()
        .map(template ->
            new Listing.Item(
                Scope.GLOBAL, template.name(), template.created(), () -> json(template)));
  }

  private ObjectNode json(InstanceTemplate template) {
    ObjectNode node = ComputeJson.object();
    node.put("kind", "compute#instanceTemplate");
    node.put("id", String.valueOf(template.id()));
    node.put("creationTimestamp", ComputeJson.time(template.created()));
    node.put("name", template.name());
    node.put("description", template.description());
    node.set("properties", ComputeJson.node(template.properties()));
    node.put("selfLink", links.own(template.path()));
    return node;
  }
}
