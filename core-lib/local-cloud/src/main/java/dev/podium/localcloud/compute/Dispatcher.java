package dev.podium.localcloud.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.QueryParams;
import dev.podium.localcloud.compute.request.Call;
import dev.podium.localcloud.compute.request.ComputeRequest;
import dev.podium.localcloud.compute.request.ComputeResponse;
import dev.podium.localcloud.compute.request.RequestLinks;
import dev.podium.localcloud.compute.request.Router;
import dev.podium.localcloud.partial.PartialResponse;
import dev.podium.localcloud.state.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns a request into a call, and whatever comes of it into a response. Blocks while a `wait`
/// lasts.
final class Dispatcher {
  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

  private final String prefix;
  private final Router router;
  private final RequestAdmission admission;
  private final boolean requestLinks;

  /// @param prefix of the paths that are served, with slashes around
  /// @param requestLinks whether links lead to the host by which a request came, not to Google's
  Dispatcher(String prefix, Router router, RequestAdmission admission, boolean requestLinks) {
    this.prefix = prefix;
    this.router = router;
    this.admission = admission;
    this.requestLinks = requestLinks;
  }

  String prefix() {
    return prefix;
  }

  ComputeResponse answer(ComputeRequest request) {
    try {
      String user =
          admission.admit(request.method(), request.path(), request.headers().get("authorization"));
      Call call = call(request, user);
      Optional<PartialResponse> wanted = call.query("fields").map(Dispatcher::partial);
      ComputeResponse response = router.answer(call);
      JsonNode body = wanted.map(part -> part.of(response.body())).orElse(response.body());
      return new ComputeResponse(
          response.status(),
          requestLinks ? RequestLinks.rewritten(body, request.authority()) : body);
    } catch (Refusal refusal) {
      return ComputeResponse.refused(refusal);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return ComputeResponse.refused(
          new Refusal(503, "backendError", "The local cloud is shutting down."));
    } catch (RuntimeException fault) {
      // A fault of ours must reach the client as Google's would, and us with its cause.
      LOG.log(System.Logger.Level.ERROR, "Could not answer " + request.path(), fault);
      return ComputeResponse.refused(new Refusal(500, "backendError", "Internal error."));
    }
  }

  private static PartialResponse partial(String fields) {
    try {
      return PartialResponse.parse(fields);
    } catch (IllegalArgumentException malformed) {
      throw Refusal.invalidField("fields", fields, "Invalid field selection.");
    }
  }

  private Call call(ComputeRequest request, String user) {
    String path = request.path();
    if (!path.startsWith(prefix)) {
      throw new Refusal(404, "notFound", "The requested URL was not found on this server.");
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    QueryParams.fromQueryString(request.query())
        .forEach((name, value) -> parameters.putIfAbsent(name, value));
    return new Call(
        request.method(),
        segments(path.substring(prefix.length())),
        parameters,
        request.body(),
        user,
        Map.of());
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      try {
        // A plus stands for itself in a path.
        segments.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException malformed) {
        throw Refusal.invalid("The path is malformed.");
      }
    }
    return segments;
  }
}
