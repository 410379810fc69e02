package dev.podium.localcloud.storage.form;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.podium.localcloud.state.Refusal;

/// How Cloud Storage refuses: in JSON without a status' name, and in XML where browsers read.
/// Source: https://cloud.google.com/storage/docs/json_api/v1/status-codes and
/// https://cloud.google.com/storage/docs/xml-api/reference-status
public final class StorageErrors {
  private StorageErrors() {}

  public static HttpResponse json(Refusal refusal) {
    if (refusal.status() == 304) {
      return HttpResponse.of(HttpStatus.NOT_MODIFIED);
    }
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    ObjectNode error = envelope.putObject("error");
    error.put("code", refusal.status()).put("message", refusal.text());
    ObjectNode first = error.putArray("errors").addObject();
    first.put("message", refusal.text()).put("domain", "global").put("reason", refusal.reason());
    if (refusal.status() == 401) {
      first.put("locationType", "header").put("location", "Authorization");
    }
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.valueOf(refusal.status()))
            .contentType(MediaType.JSON_UTF_8)
            .build(),
        HttpData.ofUtf8(envelope.toPrettyString()));
  }

  public static HttpResponse xml(Refusal refusal) {
    String code =
        switch (refusal.status()) {
          case 401, 403 -> "AccessDenied";
          case 404 -> refusal.text().startsWith("No such object") ? "NoSuchKey" : "NoSuchBucket";
          case 412 -> "PreconditionFailed";
          case 416 -> "InvalidRange";
          default -> refusal.status() < 500 ? "InvalidArgument" : "InternalError";
        };
    String message =
        switch (code) {
          case "NoSuchKey" -> "The specified key does not exist.";
          case "AccessDenied" -> "Access denied.";
          default -> refusal.text();
        };
    HttpStatus status = HttpStatus.valueOf(refusal.status() == 401 ? 403 : refusal.status());
    return HttpResponse.of(
        status,
        MediaType.parse("application/xml; charset=UTF-8"),
        "<?xml version='1.0' encoding='UTF-8'?><Error><Code>"
            + code
            + "</Code><Message>"
            + message.replace("&", "&amp;").replace("<", "&lt;")
            + "</Message></Error>");
  }
}
