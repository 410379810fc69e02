package dev.podium.wire.google.pubsub;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.auth.Credentials;
import java.util.Optional;

/// Where the Pub/Sub of a project is spoken to.
///
/// @param address `host:port`
/// @param plaintext without TLS, as emulators are spoken to
public record PubsubEndpoint(String project, String address, boolean plaintext) {
  /// The computer on which an emulated one runs, as that knows it: no network is in between.
  private static final String EMULATING_COMPUTER = "169.254.2.2:";

  /// Where Google's own Pub/Sub is.
  static final String GOOGLE = "pubsub.googleapis.com:443";

  /// @param address `host:port`; none for Google's own. One on the loopback is spoken to in
  ///   plaintext
  /// @param local whether the address is a local cloud's, wherever it listens
  public static PubsubEndpoint of(String project, Optional<String> address, boolean local) {
    String known = address.orElse(GOOGLE);
    return new PubsubEndpoint(project, known, local || isLoopback(known));
  }

  /// What is sent there of who asks: nothing that others on the network could read.
  CredentialsProvider credentials(Credentials credentials) {
    return plaintext && !isLoopback(address) && !address.startsWith(EMULATING_COMPUTER)
        ? NoCredentialsProvider.create()
        : FixedCredentialsProvider.create(credentials);
  }

  private static boolean isLoopback(String address) {
    return address.startsWith("127.")
        || address.startsWith("localhost:")
        || address.startsWith("[::1]:");
  }
}
