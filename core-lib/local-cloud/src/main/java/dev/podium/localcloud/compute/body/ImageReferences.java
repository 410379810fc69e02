package dev.podium.localcloud.compute.body;

import dev.podium.localcloud.compute.request.Links;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.resource.Image;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the image that a reference means: one by its name, or the newest of a family. gcloud also
/// names a family's view in a zone (`zones/-/imageFamilyViews/F`), which it never fetches itself.
public final class ImageReferences {
  private static final Pattern BY_FAMILY =
      Pattern.compile(
          "projects/([^/]+)/(?:global/images/family|zones/[^/]+/imageFamilyViews)/([^/]+)");
  private static final Pattern BY_NAME = Pattern.compile("projects/([^/]+)/global/images/([^/]+)");

  private final ComputeState state;
  private final Links links;

  public ImageReferences(ComputeState state, Links links) {
    this.state = state;
    this.links = links;
  }

  /// @throws Refusal 400 if it cannot be an image, 404 if there is none
  public Image resolve(String reference, String field) {
    String path = links.normalise(reference);
    Matcher family = BY_FAMILY.matcher(path);
    Matcher name = BY_NAME.matcher(path);
    Optional<Image> image;
    if (family.matches()) {
      image = state.images().newestOf(family.group(1), family.group(2));
    } else if (name.matches()) {
      image = state.images().find(name.group(1), name.group(2));
    } else {
      throw Refusal.invalidField(field, reference, "The URL is malformed.");
    }
    return image.orElseThrow(() -> Refusal.notFound(path));
  }

  /// @param path of an image that was resolved before
  boolean holdsAgent(String path) {
    return known(path).map(Image::agent).orElse(false);
  }

  /// @param path of an image that was resolved before, and may be gone since; or any other
  public Optional<Image> known(String path) {
    Matcher name = BY_NAME.matcher(path);
    return name.matches() ? state.images().find(name.group(1), name.group(2)) : Optional.empty();
  }
}
