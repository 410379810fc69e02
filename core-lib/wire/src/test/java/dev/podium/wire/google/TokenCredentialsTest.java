package dev.podium.wire.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.UnauthenticatedException;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.google.pubsub.PubsubErrors;
import dev.podium.wire.model.PodiumException;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.auth.MoreCallCredentials;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A token that cannot be had for want of a network is no missing sign-in.
class TokenCredentialsTest {
  private final PodiumException offline =
      new PodiumException.Unavailable(
          "Signing in did not work", "the identity server did not answer", "Check it.", null);
  private final PodiumException revoked =
      new PodiumException.NotSignedIn(
          "You are not signed in any more", "it was revoked", "Sign in again.", null);

  private static TokenCredentials failing(PodiumException failure) {
    return new TokenCredentials(
        new AccessTokens() {
          @Override
          public String token() {
            throw failure;
          }

          @Override
          public Instant expires() {
            return Instant.EPOCH;
          }

          @Override
          public void refused(String token) {}
        });
  }

  @Test
  void grpc_takes_a_network_that_is_away_for_unavailable_and_tries_again() throws Exception {
    Status status = status(failing(offline));
    assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(PodiumException.in(status.asRuntimeException())).contains(offline);
    assertThat(status(failing(revoked)).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  private static Status status(TokenCredentials credentials) throws Exception {
    CompletableFuture<Status> failed = new CompletableFuture<>();
    MoreCallCredentials.from(credentials)
        .applyRequestMetadata(
            new Request(),
            Runnable::run,
            new CallCredentials.MetadataApplier() {
              @Override
              public void apply(Metadata headers) {
                failed.completeExceptionally(new AssertionError(headers.toString()));
              }

              @Override
              public void fail(Status status) {
                failed.complete(status);
              }
            });
    return failed.get(10, TimeUnit.SECONDS);
  }

  @Test
  void what_failed_is_said_as_it_was_found_whatever_a_client_made_of_it() {
    UnauthenticatedException wrapped =
        new UnauthenticatedException(
            new StatusRuntimeException(Status.UNAUTHENTICATED.withCause(offline)),
            GrpcStatusCode.of(Status.Code.UNAUTHENTICATED),
            false);
    ErrorContext context = new ErrorContext("The topic was not read", "p", "pubsub");

    assertThat(PubsubErrors.translate(context, wrapped)).isSameAs(offline);
  }

  @Test
  void compute_engines_client_is_told_of_both_as_they_are() {
    assertThatThrownBy(() -> failing(offline).getRequestMetadata(URI.create("https://p.example")))
        .hasCause(offline);
    assertThatThrownBy(() -> failing(revoked).getRequestMetadata(URI.create("https://p.example")))
        .isSameAs(revoked);
  }

  private static final class Request extends CallCredentials.RequestInfo {
    private static final MethodDescriptor.Marshaller<String> TEXT =
        new MethodDescriptor.Marshaller<>() {
          @Override
          public java.io.InputStream stream(String value) {
            return java.io.InputStream.nullInputStream();
          }

          @Override
          public String parse(java.io.InputStream stream) {
            return "";
          }
        };

    @Override
    public MethodDescriptor<?, ?> getMethodDescriptor() {
      return MethodDescriptor.<String, String>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("google.pubsub.v1.Publisher/GetTopic")
          .setRequestMarshaller(TEXT)
          .setResponseMarshaller(TEXT)
          .build();
    }

    @Override
    public SecurityLevel getSecurityLevel() {
      return SecurityLevel.PRIVACY_AND_INTEGRITY;
    }

    @Override
    public String getAuthority() {
      return "pubsub.googleapis.com";
    }

    @Override
    public io.grpc.Attributes getTransportAttrs() {
      return io.grpc.Attributes.EMPTY;
    }
  }
}
