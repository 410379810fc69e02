package dev.podium.fleet.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which methods each path takes, for the header `Allow`. Source: RFC 9110, section 10.2.1.
final class AllowedMethods {
  private record Route(String method, Pattern path) {}

  private final List<Route> routes = new ArrayList<>();

  /// @param descriptions in the form `GET /v1/instances/{name}`
  AllowedMethods(Collection<String> descriptions) {
    for (String description : descriptions) {
      int space = description.indexOf(' ');
      String path = description.substring(space + 1).replaceAll("\\{[^}]+}", "[^/:]+");
      routes.add(new Route(description.substring(0, space), Pattern.compile(path)));
    }
  }

  /// @param target path, with or without its query
  /// @return such as `DELETE, GET, HEAD, OPTIONS`; empty if there is no such path
  String of(String target) {
    String path = target.split("\\?", 2)[0];
    TreeSet<String> methods = new TreeSet<>();
    for (Route route : routes) {
      if (route.path().matcher(path).matches()) {
        methods.add(route.method());
        if (route.method().equals("GET")) {
          methods.add("HEAD");
        }
        methods.add("OPTIONS");
      }
    }
    return String.join(", ", methods);
  }
}
