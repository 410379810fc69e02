package dev.podium.localcloud.compute.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.body.ImageReferences;
import dev.podium.localcloud.compute.body.MetadataBody;
import dev.podium.localcloud.compute.body.ResourceName;
import dev.podium.localcloud.compute.list.Listing;
import dev.podium.localcloud.compute.request.Call;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.ComputeResponse;
import dev.podium.localcloud.compute.request.Links;
import dev.podium.localcloud.compute.request.PathParameters;
import dev.podium.localcloud.compute.request.Router;
import dev.podium.localcloud.state.Fingerprint;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.Scope;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.compute.Edits;
import dev.podium.localcloud.state.resource.Image;
import dev.podium.localcloud.state.resource.Images;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Images of the own project and of the public ones. Another project's list is empty, because
/// gcloud asks many for theirs.
public final class ImagesApi {
  private static final String X86 = "X86_64";

  private final ComputeState state;
  private final Edits edits;
  private final Links links;
  private final Listing listing;
  private final ImageReferences references;
  private final OperationReplies replies;

  public ImagesApi(
      ComputeState state, Edits edits, Links links, Listing listing, OperationReplies replies) {
    this.state = state;
    this.edits = edits;
    this.links = links;
    this.listing = listing;
    this.references = new ImageReferences(state, links);
    this.replies = replies;
  }

  public void register(Router router) {
    String images = "projects/{project}/global/images";
    router.on("GET", images, this::list);
    router.on("POST", images, this::insert);
    router.on("GET", images + "/family/{family}", this::getFromFamily);
    router.on("GET", images + "/{name}", this::get);
    router.on("DELETE", images + "/{name}", this::delete);
  }

  private ComputeResponse list(Call call) {
    String project = call.path("project");
    return ComputeResponse.ok(
        listing.page(
            call,
            "compute#imageList",
            Links.to("projects/" + project + "/global/images"),
            state.images().of(project).stream()
                .map(image ->
                    new Listing.Item(
                        Scope.GLOBAL, image.name(), image.created(), () -> json(image)))));
  }

  private ComputeResponse get(Call call) {
    String project = call.path("project");
    String name = call.path("name");
    return state
        .images()
        .find(project, name)
        .map(image -> ComputeResponse.ok(json(image)))
        .orElseThrow(() -> Refusal.notFound("projects/" + project + "/global/images/" + name));
  }

  private ComputeResponse getFromFamily(Call call) {
    String project = call.path("project");
    String family = call.path("family");
    return state
        .images()
        .newestOf(project, family)
        .map(image -> ComputeResponse.ok(json(image)))
        .orElseThrow(
            () -> Refusal.notFound("projects/" + project + "/global/images/family/" + family));
  }

  private ComputeResponse insert(Call call) {
    PathParameters.requireOwnProject(state, call);
    ObjectNode body = call.body();
    String name = ResourceName.check("resource.name", ComputeJson.text(body, "name").orElse(""));
    Optional<String> family = ComputeJson.text(body, "family");
    family.ifPresent(text -> ResourceName.check("resource.family", text));
    Map<String, String> labels = MetadataBody.labels(body.path("labels"), "resource.labels");
    long size = ComputeJson.number(body, "diskSizeGb", "resource.diskSizeGb").orElse(10L);
    Map<String, Object> source = new LinkedHashMap<>();
    for (String member : new String[] {"sourceDisk", "sourceImage", "rawDisk", "sourceSnapshot"}) {
      if (body.has(member)) {
        source.put(member, ComputeJson.tree(body).get(member));
      }
    }
    return replies.operation(
        call,
        caller ->
            edits.insertImage(
                new Image(
                    state.project().id(),
                    name,
                    edits.nextId(),
                    state.timeline().now(),
                    family,
                    ComputeJson.text(body, "description").orElse(""),
                    size,
                    architecture(body),
                    family.filter(Images.AGENT_FAMILY::equals).isPresent(),
                    labels,
                    source),
                caller));
  }

  /// An image made from one of the other architecture is of that one, unless somebody says
  /// otherwise.
  private String architecture(ObjectNode body) {
    String stated =
        ComputeJson.text(body, "architecture")
            .or(() ->
                ComputeJson.text(body, "sourceImage")
                    .map(links::normalise)
                    .flatMap(references::known)
                    .map(Image::architecture))
            .orElse(X86);
    if (!stated.equals(X86) && !stated.equals("ARM64")) {
      throw Refusal.invalidField("resource.architecture", stated, "Must be one of: ARM64, X86_64.");
    }
    return stated;
  }

  private ComputeResponse delete(Call call) {
    PathParameters.requireOwnProject(state, call);
    return replies.operation(call, caller -> edits.deleteImage(call.path("name"), caller));
  }

  private ObjectNode json(Image image) {
    ObjectNode node = ComputeJson.object();
    node.put("kind", "compute#image");
    node.put("id", String.valueOf(image.id()));
    node.put("creationTimestamp", ComputeJson.time(image.created()));
    node.put("name", image.name());
    node.put("description", image.description());
    node.put("sourceType", "RAW");
    node.put("status", "READY");
    node.put("archiveSizeBytes", String.valueOf(image.diskSizeGb() << 28));
    node.put("diskSizeGb", String.valueOf(image.diskSizeGb()));
    image.family().ifPresent(family -> node.put("family", family));
    node.put("architecture", image.architecture());
    image.source().forEach((member, value) -> node.set(member, ComputeJson.node(value)));
    if (!image.labels().isEmpty()) {
      node.set("labels", ComputeJson.node(image.labels()));
    }
    node.put("labelFingerprint", Fingerprint.of(image.labels()));
    node.putArray("storageLocations").add("us");
    node.put("selfLink", Links.to(image.path()));
    return node;
  }
}
