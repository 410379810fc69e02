package dev.podium.localcloud.storage.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.podium.localcloud.partial.PartialResponse;
import dev.podium.localcloud.state.Refusal;

/// JsonAnswers that carry JSON.
public final class JsonAnswers {
  private JsonAnswers() {}

  /// @throws Refusal 400 if the wanted members are written badly
  public static HttpResponse json(StorageCall call, JsonNode body) {
    String fields = call.parameter("fields");
    JsonNode part = fields.isEmpty() ? body : partial(fields).of(body);
    ResponseHeaders headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.JSON_UTF_8)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-cache, no-store, max-age=0, must-revalidate")
            .build();
    return HttpResponse.of(headers, HttpData.ofUtf8(part.toPrettyString()));
  }

  private static PartialResponse partial(String fields) {
    try {
      return PartialResponse.parse(fields);
    } catch (IllegalArgumentException malformed) {
      throw Refusal.invalid("Invalid field selection " + fields);
    }
  }
}
