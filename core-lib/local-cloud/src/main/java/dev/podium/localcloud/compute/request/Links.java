package dev.podium.localcloud.compute.request;

import dev.podium.localcloud.state.Project;
import dev.podium.localcloud.state.Refusal;

/// Links to resources, both ways.
///
/// Answers carry Google's own host, as production does and as scripts compare. [RequestLinks] is
/// for clients that follow them. References in requests come in every form: with this server's
/// address, with Google's, as partial paths, or as a bare name.
public final class Links {
  static final String ROOT = "https://www.googleapis.com/compute/v1/";

  private final Project project;

  public Links(Project project) {
    this.project = project;
  }

  /// A link to something in the own project.
  public String own(String below) {
    return ROOT + (below.isEmpty() ? "projects/" + project.id() : project.path(below));
  }

  /// A link to something whose path starts with `projects/`.
  public static String to(String path) {
    return ROOT + path;
  }

  /// Cuts whatever stands before `projects/`; a partial path is completed with the own project.
  public String normalise(String reference) {
    int start = reference.startsWith("projects/") ? 0 : reference.indexOf("/projects/") + 1;
    if (start > 0 || reference.startsWith("projects/")) {
      return reference.substring(start);
    }
    String partial = reference.startsWith("/") ? reference.substring(1) : reference;
    return project.path(partial);
  }

  /// The last part of a reference: its short name.
  public static String shortName(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  /// @throws Refusal if a reference to a zonal resource names another zone
  public void requireZone(String field, String reference, String zone) {
    String path = normalise(reference);
    int zones = path.indexOf("/zones/");
    if (zones >= 0 && !path.substring(zones + 7).startsWith(zone + "/")) {
      throw Refusal.invalidField(
          field, reference, "Cross-zone references are not allowed; it must be in " + zone + ".");
    }
  }
}
