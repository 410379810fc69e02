package dev.podium.fleet.auth;

import java.net.URI;

/// Shows a page in the operator's own browser, where passwords are typed and never pass through
/// Podium.
@FunctionalInterface
public interface SignInBrowser {
  /// @throws java.io.IOException if no browser can be opened; the page is then for the person to
  ///   open
  void open(URI page) throws java.io.IOException;
}
