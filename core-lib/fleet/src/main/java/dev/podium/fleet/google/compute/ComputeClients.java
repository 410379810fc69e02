package dev.podium.fleet.google.compute;

import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.FixedExecutorProvider;
import com.google.api.gax.httpjson.InstantiatingHttpJsonChannelProvider;
import com.google.api.gax.rpc.ClientSettings;
import com.google.auth.Credentials;
import com.google.cloud.compute.v1.DisksClient;
import com.google.cloud.compute.v1.DisksSettings;
import com.google.cloud.compute.v1.GlobalOperationsClient;
import com.google.cloud.compute.v1.GlobalOperationsSettings;
import com.google.cloud.compute.v1.ImagesClient;
import com.google.cloud.compute.v1.ImagesSettings;
import com.google.cloud.compute.v1.InstancesClient;
import com.google.cloud.compute.v1.InstancesSettings;
import com.google.cloud.compute.v1.MachineTypesClient;
import com.google.cloud.compute.v1.MachineTypesSettings;
import com.google.cloud.compute.v1.RegionsClient;
import com.google.cloud.compute.v1.RegionsSettings;
import com.google.cloud.compute.v1.ZoneOperationsClient;
import com.google.cloud.compute.v1.ZoneOperationsSettings;
import com.google.cloud.compute.v1.ZonesClient;
import com.google.cloud.compute.v1.ZonesSettings;
import dev.podium.wire.cloud.CloudTicker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/// Google's clients for the kinds of resource that Podium touches, each opened at its first use,
/// because each loads hundreds of classes. They share one pool of virtual threads: the library
/// blocks a thread for each call.
public final class ComputeClients implements AutoCloseable {
  /// Where Google's own API is, for sentences.
  static final String GOOGLE = "https://compute.googleapis.com";

  private final Credentials credentials;
  private final Optional<String> endpoint;
  private final Optional<CloudTicker> ticker;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timers =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("compute-timers").factory());
  private final Map<Class<?>, AutoCloseable> open = new LinkedHashMap<>();

  /// @param endpoint `http://host:port` without a slash at its end — with one the library fails
  ///   with a `NullPointerException`; none for Google's own
  public ComputeClients(Credentials credentials, Optional<String> endpoint) {
    this(credentials, endpoint, Optional.empty());
  }

  /// @param ticker told of the cloud's clock by every answer
  ComputeClients(Credentials credentials, Optional<String> endpoint, Optional<CloudTicker> ticker) {
    this.credentials = credentials;
    this.endpoint = endpoint;
    this.ticker = ticker;
  }

  public String endpoint() {
    return endpoint.orElse(GOOGLE);
  }

  InstancesClient instances() {
    return client(
        InstancesClient.class,
        () ->
            InstancesClient.create(
                configured(
                        InstancesSettings.newBuilder(),
                        InstancesSettings.defaultHttpJsonTransportProviderBuilder())
                    .build()));
  }

  public DisksClient disks() {
    return client(
        DisksClient.class,
        () ->
            DisksClient.create(
                configured(
                        DisksSettings.newBuilder(),
                        DisksSettings.defaultHttpJsonTransportProviderBuilder())
                    .build()));
  }

  public ImagesClient images() {
    return client(
        ImagesClient.class,
        () ->
            ImagesClient.create(
                configured(
                        ImagesSettings.newBuilder(),
                        ImagesSettings.defaultHttpJsonTransportProviderBuilder())
                    .build()));
  }

  ZoneOperationsClient operations() {
    return client(
        ZoneOperationsClient.class,
        () ->
            ZoneOperationsClient.create(
                configured(
                        ZoneOperationsSettings.newBuilder(),
                        ZoneOperationsSettings.defaultHttpJsonTransportProviderBuilder())
                    .build()));
  }

  /// Of all zones, and those of none.
  GlobalOperationsClient allOperations() {
    return client(
        GlobalOperationsClient.class,
        () ->
            GlobalOperationsClient.create(
                configured(
                        GlobalOperationsSettings.newBuilder(),
                        GlobalOperationsSettings.defaultHttpJsonTransportProviderBuilder())
                    .build()));
  }

  ZonesClient zones() {
    return client(
        ZonesClient.class,
        () ->
            ZonesClient.create(
                configured(
                        ZonesSettings.newBuilder(),
                        ZonesSettings.defaultHttpJsonTransportProviderBuilder())
                    .build()));
  }

  MachineTypesClient machineTypes() {
    return client(
        MachineTypesClient.class,
        () ->
            MachineTypesClient.create(
                configured(
                        MachineTypesSettings.newBuilder(),
                        MachineTypesSettings.defaultHttpJsonTransportProviderBuilder())
                    .build()));
  }

  RegionsClient regions() {
    return client(
        RegionsClient.class,
        () ->
            RegionsClient.create(
                configured(
                        RegionsSettings.newBuilder(),
                        RegionsSettings.defaultHttpJsonTransportProviderBuilder())
                    .build()));
  }

  @Override
  public void close() {
    synchronized (open) {
      for (AutoCloseable client : open.values()) {
        try {
          client.close();
        } catch (Exception e) {
          // The next client must be closed all the same, and nothing is left to do with this one.
          System.getLogger(ComputeClients.class.getName())
              .log(System.Logger.Level.DEBUG, "A compute client did not close", e);
        }
      }
      open.clear();
    }
    timers.shutdownNow();
    calls.shutdownNow();
  }

  private <S extends ClientSettings<S>, B extends ClientSettings.Builder<S, B>> B configured(
      B settings, InstantiatingHttpJsonChannelProvider.Builder transport) {
    settings.setCredentialsProvider(FixedCredentialsProvider.create(credentials));
    settings.setBackgroundExecutorProvider(FixedExecutorProvider.create(timers));
    ticker.ifPresent(
        told -> transport.setInterceptorProvider(() -> List.of(new AnswerDates(told))));
    settings.setTransportChannelProvider(transport.setExecutor(calls).build());
    endpoint.ifPresent(settings::setEndpoint);
    return settings;
  }

  private <T extends AutoCloseable> T client(Class<T> kind, Opening<T> opening) {
    synchronized (open) {
      @Nullable AutoCloseable known = open.get(kind);
      if (known == null) {
        try {
          known = opening.open();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        open.put(kind, known);
      }
      return kind.cast(known);
    }
  }

  @FunctionalInterface
  private interface Opening<T> {
    T open() throws IOException;
  }
}
