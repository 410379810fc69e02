package dev.podium.localcloud.pubsub;

import dev.podium.localcloud.state.token.IssuedTokens;
import dev.podium.localcloud.state.token.IssuedTokens.Grant;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;
import java.util.Set;

/// Lets only calls through that carry a token with a scope for Pub/Sub.
final class ScopeGate implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Set<String> SCOPES =
      Set.of(
          "https://www.googleapis.com/auth/pubsub",
          "https://www.googleapis.com/auth/cloud-platform");

  private final IssuedTokens tokens;

  ScopeGate(IssuedTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    String authorization = headers.get(AUTHORIZATION);
    Optional<Grant> grant =
        authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
            ? tokens.find(authorization.substring(7).trim())
            : Optional.empty();
    if (grant.isPresent() && grant.get().permitsAnyOf(SCOPES)) {
      return next.startCall(call, headers);
    }
    call.close(
        grant.isPresent()
            ? Status.PERMISSION_DENIED.withDescription(
                "Request had insufficient authentication scopes.")
            : Status.UNAUTHENTICATED.withDescription(
                "Request had invalid authentication credentials. Expected OAuth 2 access token,"
                    + " login cookie or other valid authentication credential."),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
