package dev.podium.localcloud.compute;

import dev.podium.localcloud.state.Refusal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which permission each method of Compute Engine needs, and on what. What an insert needs beside
/// its own is checked with its body.
///
/// @param name such as `compute.instances.list`
/// @param resource what it is needed for, as Google names it in a refusal
record ComputePermissions(String name, String resource) {
  private static final Pattern RESOURCE =
      Pattern.compile(
          "/compute/v1/(?<resource>(?<project>projects/[^/]+)"
              + "(?:/(?<place>zones/[^/]+|regions/[^/]+|global|aggregated))?"
              + "/(?<collection>[A-Za-z]+)(?:/(?<name>[^/]+))?)(?:/(?<verb>[^/]+))?");

  /// Verbs of paths that are called otherwise as permissions.
  private static final Map<String, String> VERBS =
      Map.of("serialPort", "getSerialPortOutput", "wait", "get");

  /// @param path below the server's root, without the query
  static ComputePermissions of(String method, String path) {
    Matcher parts = RESOURCE.matcher(path);
    if (!parts.matches()) {
      return new ComputePermissions(
          "compute.projects." + (path.endsWith("Metadata") ? path.replaceFirst(".*/", "") : "get"),
          path.replaceFirst("^/compute/v1/", ""));
    }
    String permission = "compute." + collection(parts) + ".";
    String name = parts.group("name");
    if (name == null) {
      boolean project = parts.group("collection").startsWith("setCommon");
      return project
          ? new ComputePermissions(
              "compute.projects." + parts.group("collection"), parts.group("project"))
          : new ComputePermissions(
              permission + (method.equals("GET") ? "list" : "create"), parts.group("project"));
    }
    String verb = parts.group("verb");
    if (name.equals("family")) {
      return new ComputePermissions(permission + "getFromFamily", parts.group("resource"));
    }
    return new ComputePermissions(
        permission + (verb == null ? plain(method) : VERBS.getOrDefault(verb, verb)),
        parts.group("resource"));
  }

  /// Operations are called by where they are.
  private static String collection(Matcher parts) {
    String collection = parts.group("collection");
    String place = String.valueOf(parts.group("place"));
    if (!collection.equals("operations")) {
      return collection;
    }
    return place.startsWith("zones/")
        ? "zoneOperations"
        : place.startsWith("regions/") ? "regionOperations" : "globalOperations";
  }

  private static String plain(String method) {
    return switch (method) {
      case "GET" -> "get";
      case "DELETE" -> "delete";
      default -> "update";
    };
  }

  /// As Google says that it is missing.
  Refusal refusal() {
    return new Refusal(
        403, "forbidden", "Required '" + name + "' permission for '" + resource + "'");
  }
}
