package dev.podium.localcloud.pubsub;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.localcloud.error.ErrorEnvelope;
import dev.podium.localcloud.partial.PartialResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Gives those who come over REST the part of an answer that they ask for with `fields`.
final class FieldsParameter implements DecoratingHttpServiceFunction {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public HttpResponse serve(HttpService next, ServiceRequestContext context, HttpRequest request)
      throws Exception {
    String fields = context.queryParam("fields");
    if (fields == null || fields.isEmpty()) {
      return next.serve(context, request);
    }
    PartialResponse wanted;
    try {
      wanted = PartialResponse.parse(fields);
    } catch (IllegalArgumentException malformed) {
      return HttpResponse.of(
          HttpStatus.BAD_REQUEST,
          MediaType.JSON_UTF_8,
          ErrorEnvelope.plain(400, "INVALID_ARGUMENT", "Invalid field selection: " + fields)
              .toPrettyString());
    }
    return HttpResponse.of(
        next.serve(context, request).aggregate().thenApply(answer -> part(wanted, answer)));
  }

  /// A refusal is never cut.
  private static HttpResponse part(PartialResponse wanted, AggregatedHttpResponse answer) {
    if (!answer.status().equals(HttpStatus.OK)) {
      return answer.toHttpResponse();
    }
    try {
      byte[] body = JSON.writeValueAsBytes(wanted.of(JSON.readTree(answer.content().array())));
      return HttpResponse.of(
          answer.headers().toBuilder().contentLength(body.length).build(), HttpData.wrap(body));
    } catch (IOException impossible) {
      throw new UncheckedIOException("The answer is no JSON.", impossible);
    }
  }
}
