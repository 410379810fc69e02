package dev.podium.localcloud.compute.request;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import java.util.Locale;

/// One HTTP request, whether it came by itself or as a part of a batch.
///
/// @param verb as it stands in the request line
/// @param target path and query
public record ComputeRequest(String verb, String target, HttpHeaders headers, HttpData body) {
  /// What is asked for, in capitals. Google's Java client cannot send PATCH and says so in a
  /// header.
  public String method() {
    String override = headers.get("x-http-method-override", "");
    return (override.isEmpty() ? verb : override).toUpperCase(Locale.ROOT);
  }

  /// The host by which it came: `host:port`.
  public String authority() {
    return headers.get(HttpHeaderNames.AUTHORITY, headers.get(HttpHeaderNames.HOST, "127.0.0.1"));
  }

  public String path() {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  /// Without its question mark; empty if there is none.
  public String query() {
    int mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark + 1);
  }
}
