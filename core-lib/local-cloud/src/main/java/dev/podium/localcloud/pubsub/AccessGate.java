package dev.podium.localcloud.pubsub;

import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.project.Access;
import dev.podium.localcloud.state.project.Administration;
import dev.podium.localcloud.state.token.IssuedTokens;
import dev.podium.localcloud.state.token.IssuedTokens.Grant;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;
import java.util.Set;

/// Lets only calls through that carry a token with a scope for Pub/Sub, where tokens are required,
/// and that whoever asks may make: what [Access] says.
final class AccessGate implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Set<String> SCOPES =
      Set.of(
          "https://www.googleapis.com/auth/pubsub",
          "https://www.googleapis.com/auth/cloud-platform");
  private static final Status NOT_AUTHORIZED =
      Status.PERMISSION_DENIED.withDescription("User not authorized to perform this action.");

  private final IssuedTokens tokens;
  private final Access access;

  AccessGate(IssuedTokens tokens, Access access) {
    this.tokens = tokens;
    this.access = access;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    String authorization = headers.get(AUTHORIZATION);
    Optional<Grant> grant =
        authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
            ? tokens.find(authorization.substring(7).trim())
            : Optional.empty();
    if (access.required() && grant.isEmpty()) {
      return refuse(
          call,
          Status.UNAUTHENTICATED.withDescription(
              "Request had invalid authentication credentials. Expected OAuth 2 access token,"
                  + " login cookie or other valid authentication credential."));
    }
    if (access.required() && !grant.orElseThrow().permitsAnyOf(SCOPES)) {
      return refuse(
          call,
          Status.PERMISSION_DENIED.withDescription(
              "Request had insufficient authentication scopes."));
    }
    try {
      access.requireOn("Cloud Pub/Sub", "pubsub.googleapis.com");
    } catch (Refusal off) {
      return refuse(call, Status.PERMISSION_DENIED.withDescription(off.text()));
    }
    String method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
    return allows(grant, MethodPermissions.of(method))
        ? checkingRequests(call, grant, next.startCall(call, headers))
        : refuse(call, NOT_AUTHORIZED);
  }

  private boolean allows(Optional<Grant> grant, Set<String> permissions) {
    String email = grant.map(Grant::email).orElse(Administration.OWNER);
    boolean machine = grant.map(Grant::machine).orElse(false);
    return permissions.stream().allMatch(each -> access.allows(email, machine, each));
  }

  private static <Q> ServerCall.Listener<Q> refuse(ServerCall<Q, ?> call, Status status) {
    call.close(status, new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private <Q> ServerCall.Listener<Q> checkingRequests(
      ServerCall<Q, ?> call, Optional<Grant> grant, ServerCall.Listener<Q> listener) {
    return new SimpleForwardingServerCallListener<>(listener) {
      private boolean refused;

      @Override
      public void onMessage(Q request) {
        if (allows(grant, MethodPermissions.further(request))) {
          super.onMessage(request);
        } else {
          refused = true;
          call.close(NOT_AUTHORIZED, new Metadata());
        }
      }

      @Override
      public void onHalfClose() {
        // Without its request, the method would take this for a fault of the client.
        if (!refused) {
          super.onHalfClose();
        }
      }
    };
  }
}
