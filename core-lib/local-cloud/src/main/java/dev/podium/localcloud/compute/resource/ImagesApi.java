package dev.podium.localcloud.compute.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.body.ImageBody;
import dev.podium.localcloud.compute.body.MetadataBody;
import dev.podium.localcloud.compute.list.Listing;
import dev.podium.localcloud.compute.request.Call;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.ComputeParts;
import dev.podium.localcloud.compute.request.ComputeResponse;
import dev.podium.localcloud.compute.request.Links;
import dev.podium.localcloud.compute.request.PathParameters;
import dev.podium.localcloud.compute.request.Router;
import dev.podium.localcloud.state.Fingerprint;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.Scope;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.compute.ImageEdits;
import dev.podium.localcloud.state.project.Access;
import dev.podium.localcloud.state.resource.Image;
import java.util.Map;
import java.util.Optional;

/// Images of the own project and of the public ones. Another project's list is empty, because
/// gcloud asks many for theirs.
public final class ImagesApi {
  private final ComputeState state;
  private final Access access;
  private final ImageEdits images;
  private final ImageBody bodies;
  private final Listing listing;
  private final OperationReplies replies;

  public ImagesApi(ComputeParts cloud, Links links, Listing listing, OperationReplies replies) {
    this.state = cloud.state();
    this.access = cloud.access();
    this.images = new ImageEdits(state, cloud.lifecycle().tempo());
    this.bodies = new ImageBody(state, cloud.buckets(), links);
    this.listing = listing;
    this.replies = replies;
  }

  public void register(Router router) {
    String all = "projects/{project}/global/images";
    router.on("GET", all, this::list);
    router.on("POST", all, this::insert);
    router.on("GET", all + "/family/{family}", this::getFromFamily);
    router.on("GET", all + "/{name}", this::get);
    router.on("DELETE", all + "/{name}", this::delete);
    router.on("PATCH", all + "/{name}", this::patch);
    router.on("POST", all + "/{name}/deprecate", this::deprecate);
    router.on("POST", all + "/{name}/setLabels", this::setLabels);
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
                        Scope.GLOBAL,
                        image.name(),
                        image.created(),
                        () -> ImageBody.write(image)))));
  }

  private ComputeResponse get(Call call) {
    String project = call.path("project");
    String name = call.path("name");
    return state
        .images()
        .find(project, name)
        .map(image -> ComputeResponse.ok(ImageBody.write(image)))
        .orElseThrow(() -> Refusal.notFound("projects/" + project + "/global/images/" + name));
  }

  private ComputeResponse getFromFamily(Call call) {
    String project = call.path("project");
    String family = call.path("family");
    return state
        .images()
        .newestOf(project, family)
        .map(image -> ComputeResponse.ok(ImageBody.write(image)))
        .orElseThrow(
            () -> Refusal.notFound("projects/" + project + "/global/images/family/" + family));
  }

  private ComputeResponse insert(Call call) {
    PathParameters.requireOwnProject(state, call);
    ObjectNode body = call.body();
    requireReadable(call, body.path("rawDisk").path("source").asText());
    boolean forced = call.query("forceCreate").filter("true"::equals).isPresent();
    return replies.operation(
        call,
        caller -> {
          ImageBody.Wanted wanted = bodies.read(body, state.images().nextId(), forced);
          return images.insert(wanted.image(), wanted.unusable(), caller);
        });
  }

  /// Compute Engine reads an archive in the name of whoever asks.
  private void requireReadable(Call call, String archive) {
    if (!archive.isEmpty() && !access.allows(call.user(), false, "storage.objects.get")) {
      throw new Refusal(
          403, "forbidden", "Required 'read' permission for 'rawDisk.source: " + archive + "'");
    }
  }

  private ComputeResponse delete(Call call) {
    PathParameters.requireOwnProject(state, call);
    return replies.operation(call, caller -> images.delete(call.path("name"), caller));
  }

  private ComputeResponse patch(Call call) {
    PathParameters.requireOwnProject(state, call);
    ObjectNode body = call.patch();
    return replies.operation(
        call,
        caller ->
            images.change("patch", call.path("name"), image -> described(image, body), caller));
  }

  private static Image described(Image image, ObjectNode body) {
    Optional<String> family = body.has("family") ? ImageBody.family(body) : image.family();
    return image.described(
        family,
        body.has("description")
            ? ComputeJson.text(body, "description").orElse("")
            : image.description());
  }

  private ComputeResponse deprecate(Call call) {
    PathParameters.requireOwnProject(state, call);
    Optional<Image.Deprecation> deprecation = ImageBody.deprecation(call.body());
    return replies.operation(
        call,
        caller ->
            images.change(
                "deprecate", call.path("name"), image -> image.deprecated(deprecation), caller));
  }

  private ComputeResponse setLabels(Call call) {
    PathParameters.requireOwnProject(state, call);
    ObjectNode body = call.body();
    Map<String, String> labels = MetadataBody.labels(body.path("labels"), "resource.labels");
    String fingerprint = ComputeJson.text(body, "labelFingerprint").orElse("");
    return replies.operation(
        call,
        caller ->
            images.change(
                "setLabels",
                call.path("name"),
                image -> {
                  if (!Fingerprint.of(image.labels()).equals(fingerprint)) {
                    throw Refusal.conditionNotMet(
                        "Labels fingerprint either invalid or resource labels have changed");
                  }
                  return image.labelled(labels);
                },
                caller));
  }
}
