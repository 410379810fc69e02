package dev.podium.localcloud.pubsub;

import dev.podium.localcloud.pubsub.form.Statuses;
import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.fault.FaultPlan.Chance;
import dev.podium.localcloud.state.fault.Faults;
import dev.podium.localcloud.state.messaging.model.MessagingException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;

/// Refuses calls where a fault wants it; what is open already, the state ends.
final class FaultGate implements ServerInterceptor {
  private final FaultPlan plan;

  FaultGate(FaultPlan plan) {
    this.plan = plan;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    Faults.PubSub faults = plan.now().pubsub();
    if (!faults.unavailable() && !plan.happens(Chance.MESSAGING, faults.errorRate())) {
      return next.startCall(call, headers);
    }
    StatusRuntimeException refusal = Statuses.of(MessagingException.unavailable());
    call.close(refusal.getStatus(), new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
