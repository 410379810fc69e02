package dev.podium.localcloud.conformance.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/// What a refused call must look like.
final class Refusals {

  private Refusals() {}

  static StatusRuntimeException refused(Status.Code code, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).as("expected %s", code).isInstanceOf(StatusRuntimeException.class);
    StatusRuntimeException refusal = (StatusRuntimeException) thrown;
    assertThat(refusal.getStatus().getCode()).as(refusal.getMessage()).isEqualTo(code);
    return refusal;
  }

  static void invalid(ThrowingCallable call) {
    StatusRuntimeException refusal = refused(Status.Code.INVALID_ARGUMENT, call);
    assertThat(refusal.getStatus().getDescription()).as("the reason").isNotBlank();
  }

  static Optional<ErrorInfo> errorInfo(StatusRuntimeException refusal) {
    com.google.rpc.@Nullable Status status = StatusProto.fromThrowable(refusal);
    for (Any detail : status == null ? List.<Any>of() : status.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        try {
          return Optional.of(detail.unpack(ErrorInfo.class));
        } catch (InvalidProtocolBufferException e) {
          throw new AssertionError("The ErrorInfo of the refusal is garbled", e);
        }
      }
    }
    return Optional.empty();
  }
}
