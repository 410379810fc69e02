package dev.podium.agent.web;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Which pages may open a WebSocket here: those that a VM of the fleet can have served. That VM may
/// have drained or died before this one began.
///
/// No VM knows every VM that ever was, so the rule looks at the form alone. The fleet's pages are
/// at plain addresses over http, other sites' pages at names. Nothing is lost by that. A browser
/// adds nothing of its own to the connection, for there are no cookies. What keeps strangers out is
/// the invite or the code in the first frame, which a strange page does not have.
final class Origins {
  private Origins() {}

  /// @param origin the header; programs that are no browsers send none
  static boolean allows(@Nullable String origin) {
    if (origin == null) {
      return true;
    }
    try {
      URI uri = URI.create(origin);
      String host = uri.getHost();
      return "http".equalsIgnoreCase(uri.getScheme()) && host != null && isAddress(host);
    } catch (IllegalArgumentException noOrigin) {
      return false;
    }
  }

  private static boolean isAddress(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.startsWith("[")
        || host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
  }
}
