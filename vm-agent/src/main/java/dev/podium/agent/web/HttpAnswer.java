package dev.podium.agent.web;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/// An answer to a plain request, with the headers that every answer of this server has.
final class HttpAnswer {
  /// Only what this server itself serves, no frames, no forms, no other site; WebSockets also to
  /// the fleet's other VMs, whose addresses are not known when the page is loaded.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self' ws: wss:; manifest-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private final HttpResponseStatus status;
  private final byte[] body;
  private final HttpHeaders headers = new DefaultHttpHeaders();

  HttpAnswer(HttpResponseStatus status, String type, byte[] body) {
    this.status = status;
    this.body = body;
    headers.set(HttpHeaderNames.CONTENT_TYPE, type);
    headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
  }

  static HttpAnswer text(HttpResponseStatus status, String sentence) {
    byte[] body = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
    return new HttpAnswer(status, "text/plain; charset=utf-8", body);
  }

  static HttpAnswer json(HttpResponseStatus status, byte[] body) {
    return new HttpAnswer(status, "application/json", body);
  }

  HttpResponseStatus status() {
    return status;
  }

  byte[] body() {
    return body;
  }

  HttpHeaders headers() {
    return headers;
  }
}
