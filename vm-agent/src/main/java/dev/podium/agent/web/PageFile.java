package dev.podium.agent.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One file of the page, as it is and compressed. Its bytes are shared and not to be changed.
final class PageFile {
  private static final String GZIP = "gzip";

  private final String type;
  private final byte[] bytes;
  private final byte[] compressed;
  private final String hash;
  private final boolean lasting;

  /// @param compressed the same, or the bytes themselves where that does not pay
  /// @param hash another one if a byte is another
  /// @param lasting whether the hash is in the address, so that browsers never ask again; else they
  ///   ask each time
  PageFile(String type, byte[] bytes, byte[] compressed, String hash, boolean lasting) {
    this.type = type;
    this.bytes = bytes;
    this.compressed = compressed;
    this.hash = hash;
    this.lasting = lasting;
  }

  String type() {
    return type;
  }

  byte[] bytes() {
    return bytes;
  }

  /// The answer to a request for it: compressed where the browser takes that, and without the bytes
  /// where it has them (RFC 9110, sections 8.8.3, 12.5.3 and 13.1.2).
  HttpAnswer answer(HttpHeaders request) {
    boolean smaller =
        compressed.length < bytes.length && takesGzip(request.get(HttpHeaderNames.ACCEPT_ENCODING));
    String tag = '"' + hash + (smaller ? "-gz" : "") + '"';
    boolean same = tag.equals(request.get(HttpHeaderNames.IF_NONE_MATCH));
    HttpAnswer answer =
        same
            ? new HttpAnswer(HttpResponseStatus.NOT_MODIFIED, type, new byte[0])
            : in(HttpResponseStatus.OK, request);
    answer
        .headers()
        .set(HttpHeaderNames.ETAG, tag)
        .set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING)
        .set(
            HttpHeaderNames.CACHE_CONTROL,
            lasting ? "public, max-age=31536000, immutable" : "no-cache");
    return answer;
  }

  /// The file as what another answer shows.
  HttpAnswer in(HttpResponseStatus status, HttpHeaders request) {
    boolean smaller =
        compressed.length < bytes.length && takesGzip(request.get(HttpHeaderNames.ACCEPT_ENCODING));
    HttpAnswer answer = new HttpAnswer(status, type, smaller ? compressed : bytes);
    answer.headers().set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
    if (smaller) {
      answer.headers().set(HttpHeaderNames.CONTENT_ENCODING, GZIP);
    }
    return answer;
  }

  private static boolean takesGzip(@Nullable String accepted) {
    return accepted != null
        && Arrays.stream(accepted.split(",", -1))
            .map(one -> one.replace(" ", "").toLowerCase(Locale.ROOT))
            .anyMatch(one -> one.equals(GZIP) || (one.startsWith("gzip;q=") && !isZero(one)));
  }

  private static boolean isZero(String coding) {
    return coding.substring(coding.indexOf('=') + 1).matches("0(\\.0*)?");
  }
}
