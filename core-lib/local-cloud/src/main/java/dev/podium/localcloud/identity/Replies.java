package dev.podium.localcloud.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import java.util.Base64;
import java.util.Map;

/// Answers that no cache keeps, and the parameters of requests.
final class Replies {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Google's says 5 to 7 hours; but its keys live for days, and these until the next start.
  private static final int KEYS_SECONDS = 3_600;

  private Replies() {}

  static HttpResponse json(int status, Map<String, ?> body) {
    try {
      return reply(status, MediaType.JSON_UTF_8, JSON.writeValueAsString(body));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A map of texts and numbers is JSON", impossible);
    }
  }

  /// A map as JSON in Base64, which is how Google puts a file into an answer.
  static String base64Json(Map<String, ?> body) {
    try {
      return Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A map of texts and numbers is JSON", impossible);
    }
  }

  /// Keys, which clients may keep for a while as they keep Google's.
  static HttpResponse publicKeys(Map<String, ?> keys) {
    return json(200, keys)
        .mapHeaders(headers ->
            headers.toBuilder()
                .set(
                    HttpHeaderNames.CACHE_CONTROL,
                    "public, max-age=" + KEYS_SECONDS + ", must-revalidate, no-transform")
                .build());
  }

  static HttpResponse oauthError(OAuthException error) {
    return json(
        error.status(), Map.of("error", error.code(), "error_description", error.description()));
  }

  static HttpResponse page(int status, String html) {
    return reply(status, MediaType.HTML_UTF_8, html);
  }

  static HttpResponse redirect(String location) {
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.SEE_OTHER)
            .set(HttpHeaderNames.LOCATION, location)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .build());
  }

  /// The form in the body where there is one, and the query elsewhere.
  static QueryParams parameters(AggregatedHttpRequest request, QueryParams query) {
    MediaType type = request.contentType();
    return type != null && type.is(MediaType.FORM_DATA)
        ? query.toBuilder().add(QueryParams.fromQueryString(request.contentUtf8())).build()
        : query;
  }

  private static HttpResponse reply(int status, MediaType type, String body) {
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.valueOf(status))
            .contentType(type)
            .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
            .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
            // Not `no-referrer`: under it, a browser would send the page's own form from `null`.
            .set(HttpHeaderNames.REFERRER_POLICY, "same-origin")
            // No script at all; the page's style is in the page.
            .set(
                HttpHeaderNames.CONTENT_SECURITY_POLICY,
                "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none';"
                    + " base-uri 'none'")
            .build(),
        HttpData.ofUtf8(body));
  }
}
