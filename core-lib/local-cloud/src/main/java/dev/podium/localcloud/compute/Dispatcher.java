package dev.podium.localcloud.compute;

import com.linecorp.armeria.common.QueryParams;
import dev.podium.localcloud.compute.request.Call;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.compute.request.ComputeRequest;
import dev.podium.localcloud.compute.request.ComputeResponse;
import dev.podium.localcloud.compute.request.Router;
import dev.podium.localcloud.state.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns a request into a call, and whatever comes of it into a response. Blocks while a `wait`
/// lasts.
final class Dispatcher {
  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

  private final String prefix;
  private final Router router;
  private final RequestAdmission admission;

  /// @param prefix of the paths that are served, with slashes around
  Dispatcher(String prefix, Router router, RequestAdmission admission) {
    this.prefix = prefix;
    this.router = router;
    this.admission = admission;
  }

  ComputeResponse answer(ComputeRequest request) {
    try {
      String user =
          admission.admit(request.method(), request.path(), request.headers().get("authorization"));
      return router.answer(call(request, user));
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
        ComputeJson.body(request.body().array()),
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
