package dev.podium.localcloud.conformance.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.localcloud.conformance.ErrorLog;
import dev.podium.localcloud.conformance.RawConnection;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bytes that are no Pub/Sub request: refused one by one, and the service goes on.
@ExtendWith(PubsubContract.class)
class GrpcGarbageTest {

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private ErrorLog log;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "google.pubsub.v1.Publisher/CreateTopic",
        "google.pubsub.v1.Publisher/Publish",
        "google.pubsub.v1.Subscriber/CreateSubscription",
        "google.pubsub.v1.Subscriber/Pull",
        "google.pubsub.v1.Subscriber/Acknowledge",
        "google.pubsub.v1.Subscriber/Seek",
      })
  void a_message_that_is_no_protobuf_is_refused(String method, PubsubEndpoint pubsub) {
    // A field of length 127 of which three bytes come.
    byte[] garbage = {0x0a, 0x7f, 1, 2, 3};
    assertThat(call(pubsub, method, garbage))
        .as("Google names no code for this")
        .isIn(
            Status.Code.INVALID_ARGUMENT,
            Status.Code.INTERNAL,
            Status.Code.UNKNOWN,
            Status.Code.CANCELLED);
    serves(pubsub);
  }

  @Test
  void a_method_that_is_not_there_is_unimplemented(PubsubEndpoint pubsub) {
    assertThat(call(pubsub, "google.pubsub.v1.Publisher/Explode", new byte[0]))
        .isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(call(pubsub, "no.such.Service/Call", new byte[0]))
        .isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void a_connection_of_noise_hurts_nobody_else(int seed, PubsubEndpoint pubsub) {
    byte[] noise = new byte[4096];
    new Random(seed).nextBytes(noise);
    int port = Integer.parseInt(pubsub.address().substring(pubsub.address().indexOf(':') + 1));
    // The first two talk nonsense at once; the others greet as HTTP/2 does, and then do.
    byte[] greeting = seed < 2 ? new byte[0] : PREFACE;
    assertThat(RawConnection.closes(port, greeting, noise)).isTrue();
    serves(pubsub);
  }

  @BeforeEach
  void listen() {
    log = new ErrorLog();
  }

  @AfterEach
  void nothing_was_logged_as_an_error() {
    log.close();
    assertThat(log.errors()).isEmpty();
  }

  private static void serves(PubsubEndpoint pubsub) {
    assertThat(pubsub.topic()).isNotBlank();
  }

  private static Status.Code call(PubsubEndpoint pubsub, String method, byte[] body) {
    MethodDescriptor<byte[], byte[]> descriptor =
        MethodDescriptor.newBuilder(new Bytes(), new Bytes())
            .setType(MethodType.UNARY)
            .setFullMethodName(method)
            .build();
    try {
      byte[] answer =
          ClientCalls.blockingUnaryCall(pubsub.channel(), descriptor, CallOptions.DEFAULT, body);
      throw new AssertionError(method + " answered " + answer.length + " bytes");
    } catch (StatusRuntimeException refusal) {
      return refusal.getStatus().getCode();
    }
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
