package dev.podium.localcloud.compute.request;

import dev.podium.localcloud.state.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds who answers a request.
public final class Router {
  /// Answers one method of the API.
  public interface Handler {
    /// @throws Refusal to be told in Google's envelope
    /// @throws InterruptedException if the server ends while it waits
    ComputeResponse answer(Call call) throws InterruptedException;
  }

  /// What a part of a method's path consists of, the project of a domain included.
  private static final Pattern NAME = Pattern.compile("[\\w.:~-]+");

  private record Route(String method, List<String> template, Handler handler) {
    Optional<Map<String, String>> match(List<String> segments) {
      if (segments.size() != template.size()) {
        return Optional.empty();
      }
      Map<String, String> variables = new HashMap<>();
      for (int i = 0; i < segments.size(); i++) {
        String part = template.get(i);
        if (part.startsWith("{")) {
          if (segments.get(i).isEmpty()) {
            return Optional.empty();
          }
          variables.put(part.substring(1, part.length() - 1), segments.get(i));
        } else if (!part.equals(segments.get(i))) {
          return Optional.empty();
        }
      }
      return Optional.of(variables);
    }
  }

  private final List<Route> routes = new ArrayList<>();

  /// Adds a route. Earlier ones win, so fixed parts come before variables.
  ///
  /// @param template path in which `{name}` stands for any one segment that is not empty
  public void on(String method, String template, Handler handler) {
    routes.add(new Route(method, List.of(template.split("/", -1)), handler));
  }

  /// @throws Refusal 501 if there is no such method, 404 if that is no method's path
  public ComputeResponse answer(Call call) throws InterruptedException {
    for (Route route : routes) {
      if (route.method().equals(call.method())) {
        Optional<Map<String, String>> variables = route.match(call.segments());
        if (variables.isPresent()) {
          return route.handler().answer(call.with(variables.get()));
        }
      }
    }
    throw missing(call);
  }

  /// Clients take 404 for a resource that is gone, and then make or forget things. So what may be a
  /// method of Google's is refused in another way.
  private static Refusal missing(Call call) {
    String sentence =
        "The local cloud has no method "
            + call.method()
            + " /"
            + String.join("/", call.segments())
            + ".";
    boolean ofProject =
        call.segments().size() > 2
            && call.segments().getFirst().equals("projects")
            && call.segments().stream().allMatch(part -> NAME.matcher(part).matches());
    return ofProject
        ? new Refusal(501, "notImplemented", sentence)
        : new Refusal(404, "notFound", sentence);
  }
}
