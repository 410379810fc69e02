package dev.podium.localcloud.compute;

import dev.podium.localcloud.state.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What machines' service accounts may do on Compute Engine: nothing. This says so as Google does,
/// with the permission that is missing, and the resource that it would be needed for.
final class MachineRights {
  private static final Pattern RESOURCE =
      Pattern.compile(
          "/compute/v1/(?<resource>(?<project>projects/[^/]+)"
              + "(?:/(?:zones/[^/]+|regions/[^/]+|global|aggregated))?"
              + "/(?<collection>[A-Za-z]+)(?:/(?<name>[^/]+))?)(?:/(?<verb>[A-Za-z]+))?");

  private MachineRights() {}

  static Refusal refusal(String method, String path) {
    Matcher parts = RESOURCE.matcher(path);
    if (!parts.matches()) {
      return required("compute.projects.get", path.replaceFirst("^/compute/v1/", ""));
    }
    String permission = "compute." + parts.group("collection") + ".";
    if (parts.group("name") == null) {
      return required(
          permission + (method.equals("GET") ? "list" : "create"), parts.group("project"));
    }
    String verb = parts.group("verb");
    return required(permission + (verb == null ? plain(method) : verb), parts.group("resource"));
  }

  private static String plain(String method) {
    return switch (method) {
      case "GET" -> "get";
      case "DELETE" -> "delete";
      default -> "update";
    };
  }

  private static Refusal required(String permission, String resource) {
    return new Refusal(
        403, "forbidden", "Required '" + permission + "' permission for '" + resource + "'");
  }
}
