package dev.podium.wire.identity;

import java.security.Provider;
import java.security.Security;
import org.conscrypt.Conscrypt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who computes Ed25519. A console checks each heartbeat of its fleet, so the time for one counts.
/// Conscrypt's native code takes about a tenth of what the JDK takes.
final class Ed25519Provider {
  private static final Logger LOG = LoggerFactory.getLogger(Ed25519Provider.class);

  /// Conscrypt where its library can be loaded, else the JDK. A folder for temporary files from
  /// which nothing may be run, or a processor that Conscrypt has no library for, are no reason to
  /// fail.
  static final Provider FASTEST = fastest();

  private Ed25519Provider() {}

  /// The JDK's own.
  static Provider ofJdk() {
    Provider[] able = Security.getProviders("Signature.Ed25519");
    if (able == null) {
      throw new IllegalStateException("Every JDK since 15 has Ed25519");
    }
    return able[0];
  }

  private static Provider fastest() {
    try {
      if (Conscrypt.isAvailable()) {
        Provider conscrypt = Conscrypt.newProvider();
        if (conscrypt.getService("Signature", "Ed25519") != null) {
          return conscrypt;
        }
      }
    } catch (LinkageError | RuntimeException unloaded) {
      LOG.debug("Conscrypt's library cannot be loaded", unloaded);
    }
    LOG.info("Signatures are computed by the JDK, which takes longer");
    return ofJdk();
  }
}
