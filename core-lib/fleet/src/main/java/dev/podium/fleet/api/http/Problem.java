package dev.podium.fleet.api.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.podium.wire.model.PodiumException;
import java.util.Map;
import java.util.TreeMap;

/// An error as RFC 9457 wants it: `title` and `status`, the sentence in `detail`, and what to do in
/// `remedy`. Its `code` stays the same from release to release.
///
/// @param faults sentences by the member of the request that they are about; empty where the
///   request as a whole was refused
public record Problem(
    int status, String code, String detail, String remedy, Map<String, String> faults) {
  static final MediaType TYPE = MediaType.create("application", "problem+json");
  private static final ObjectMapper JSON = new ObjectMapper();

  public Problem {
    faults = Map.copyOf(faults);
  }

  public Problem(int status, String code, String detail, String remedy) {
    this(status, code, detail, remedy, Map.of());
  }

  static Problem of(PodiumException failure) {
    int status =
        switch (failure) {
          case PodiumException.Invalid _ -> 400;
          case PodiumException.NotFound _ -> 404;
          case PodiumException.AlreadyExists _,
              PodiumException.InUse _,
              PodiumException.Conflict _ ->
              409;
          case PodiumException.QuotaExceeded _,
              PodiumException.NotPermitted _,
              PodiumException.PlaceForbidden _ ->
              403;
          case PodiumException.RateLimited _ -> 429;
          // Not 401: the caller's key is good, it is the server that nobody is signed in at.
          case PodiumException.NoCapacity _,
              PodiumException.NotSignedIn _,
              PodiumException.Unavailable _ ->
              503;
          case PodiumException.CloudFailed _ -> 502;
        };
    return new Problem(status, failure.code(), failure.sentence(), failure.remedy());
  }

  static Problem malformed(String detail) {
    return new Problem(400, "invalid", detail, "Correct the request; /openapi.json describes it.");
  }

  public ObjectNode json() {
    ObjectNode node = JSON.createObjectNode();
    node.put("type", "urn:podium:problem:" + code)
        .put("title", HttpStatus.valueOf(status).reasonPhrase())
        .put("status", status)
        .put("detail", detail)
        .put("code", code);
    if (!remedy.isEmpty()) {
      node.put("remedy", remedy);
    }
    if (!faults.isEmpty()) {
      ArrayNode list = node.putArray("faults");
      new TreeMap<>(faults)
          .forEach((field, fault) -> list.addObject().put("field", field).put("detail", fault));
    }
    return node;
  }

  public ResponseHeaders headers() {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(HttpStatus.valueOf(status))
            .contentType(TYPE)
            .add("cache-control", "no-store");
    if (status == 401) {
      headers.add("www-authenticate", "Bearer realm=\"podium\"");
    }
    if (status == 429 || status == 503) {
      headers.add("retry-after", "5");
    }
    return headers.build();
  }

  public HttpResponse response() {
    return HttpResponse.of(headers(), HttpData.ofUtf8(json().toString()));
  }
}
