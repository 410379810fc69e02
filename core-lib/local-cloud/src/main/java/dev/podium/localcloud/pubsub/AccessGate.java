package dev.podium.localcloud.pubsub;

import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.token.IssuedTokens;
import dev.podium.localcloud.state.token.IssuedTokens.Grant;
import dev.podium.localcloud.state.token.MachineRole;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;
import java.util.Set;

/// Lets only calls through that carry a token with a scope for Pub/Sub. A person's token permits
/// all; a machine's what [MachineRole] says.
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
  private final FaultPlan plan;

  AccessGate(IssuedTokens tokens, FaultPlan plan) {
    this.tokens = tokens;
    this.plan = plan;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    String authorization = headers.get(AUTHORIZATION);
    Optional<Grant> grant =
        authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
            ? tokens.find(authorization.substring(7).trim())
            : Optional.empty();
    if (grant.isEmpty()) {
      return refuse(
          call,
          Status.UNAUTHENTICATED.withDescription(
              "Request had invalid authentication credentials. Expected OAuth 2 access token,"
                  + " login cookie or other valid authentication credential."));
    }
    if (!grant.get().permitsAnyOf(SCOPES)) {
      return refuse(
          call,
          Status.PERMISSION_DENIED.withDescription(
              "Request had insufficient authentication scopes."));
    }
    if (!grant.get().machine()) {
      return next.startCall(call, headers);
    }
    String method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
    return !plan.now().accountsWithoutRole().contains(grant.get().email())
            && MachineRole.grants(MethodPermissions.of(method))
        ? checkingRequests(call, next.startCall(call, headers))
        : refuse(call, NOT_AUTHORIZED);
  }

  private static <Q> ServerCall.Listener<Q> refuse(ServerCall<Q, ?> call, Status status) {
    call.close(status, new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private static <Q> ServerCall.Listener<Q> checkingRequests(
      ServerCall<Q, ?> call, ServerCall.Listener<Q> listener) {
    return new SimpleForwardingServerCallListener<>(listener) {
      private boolean refused;

      @Override
      public void onMessage(Q request) {
        if (MachineRole.grants(MethodPermissions.further(request))) {
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
