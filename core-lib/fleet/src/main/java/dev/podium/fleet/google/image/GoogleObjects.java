package dev.podium.fleet.google.image;

import com.google.cloud.Binding;
import com.google.cloud.Policy;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.BucketInfo.IamConfiguration;
import com.google.cloud.storage.BucketInfo.LifecycleRule;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.image.ObjectStore;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.google.TokenCredentials;
import dev.podium.wire.model.PodiumException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A bucket of Cloud Storage, or of the local cloud that speaks its JSON protocol. Google's client
/// repeats by itself what may work later.
public final class GoogleObjects implements ObjectStore {
  private static final String GOOGLE = "https://storage.googleapis.com";
  private static final int CONNECT_MILLIS = 15_000;

  /// One part takes this long on a line of half a megabit a second.
  private static final int READ_MILLIS = 180_000;

  private static final int DAYS_KEPT = 2;
  private static final String READER = "roles/storage.objectViewer";

  private final String project;
  private final String endpoint;
  private final String bucket;
  private final boolean chosen;
  private final Storage storage;

  /// @param named the bucket that somebody chose; none: the project's own for images
  public GoogleObjects(CloudProfile profile, AccessTokens tokens, Optional<String> named) {
    this.project = profile.project();
    this.endpoint = profile.computeEndpoint().orElse(GOOGLE);
    this.chosen = named.isPresent();
    this.bucket = named.orElseGet(() -> usual(project));
    StorageOptions.Builder options =
        StorageOptions.http()
            .setProjectId(project)
            .setCredentials(new TokenCredentials(tokens))
            .setTransportOptions(
                HttpTransportOptions.newBuilder()
                    .setConnectTimeout(CONNECT_MILLIS)
                    .setReadTimeout(READ_MILLIS)
                    .build());
    profile.computeEndpoint().ifPresent(options::setHost);
    this.storage = options.build().getService();
  }

  /// Names of buckets are unique in the world, and so are those of projects. A project of the old
  /// kind has a colon and dots, which would make a domain's name of it.
  static String usual(String project) {
    return project.replaceAll("[:.]", "-") + "-podium-images";
  }

  @Override
  public String bucket() {
    return bucket;
  }

  @Override
  public void ensure(String region) {
    asked(
        "The bucket '" + bucket + "' cannot be used",
        () -> {
          if (storage.get(bucket) == null) {
            if (chosen) {
              throw new PodiumException.NotFound(
                  "The bucket '" + bucket + "' cannot be used",
                  "there is none of that name",
                  "Make it, name another with --bucket, or none, so that one is made.",
                  null);
            }
            storage.create(
                BucketInfo.newBuilder(bucket)
                    .setLocation(region)
                    .setIamConfiguration(
                        IamConfiguration.newBuilder()
                            .setIsUniformBucketLevelAccessEnabled(true)
                            .setPublicAccessPrevention(BucketInfo.PublicAccessPrevention.ENFORCED)
                            .build())
                    .setLifecycleRules(
                        List.of(
                            new LifecycleRule(
                                LifecycleRule.LifecycleAction.newDeleteAction(),
                                LifecycleRule.LifecycleCondition.newBuilder()
                                    .setAge(DAYS_KEPT)
                                    .build())))
                    .build());
          }
          return bucket;
        });
  }

  @Override
  public List<Stored> list(String prefix) {
    try {
      return asked(
          "The bucket '" + bucket + "' cannot be listed",
          () -> {
            List<Stored> found = new ArrayList<>();
            storage
                .list(bucket, Storage.BlobListOption.prefix(prefix))
                .iterateAll()
                .forEach(blob -> found.add(stored(blob)));
            return found;
          });
    } catch (PodiumException.NotFound none) {
      return List.of();
    }
  }

  @Override
  public void put(String name, byte[] bytes, int length, String crc32c) {
    asked(
        "The image was not uploaded",
        () ->
            storage.create(
                BlobInfo.newBuilder(bucket, name)
                    .setContentType("application/octet-stream")
                    .setCrc32c(crc32c)
                    .build(),
                bytes,
                0,
                length));
  }

  @Override
  public Stored compose(List<String> parts, String name) {
    return stored(
        asked(
            "The image was not put together",
            () ->
                storage.compose(
                    Storage.ComposeRequest.newBuilder()
                        .addSource(parts)
                        .setTarget(
                            BlobInfo.newBuilder(bucket, name)
                                .setContentType("application/gzip")
                                .build())
                        .build())));
  }

  @Override
  public void delete(String name) {
    asked(
        "'" + name + "' was not removed from bucket '" + bucket + "'",
        () -> storage.delete(bucket, name));
  }

  @Override
  public void letRead(String serviceAccount) {
    asked(
        "The VM's account was not let in to bucket '" + bucket + "'",
        () -> {
          Storage.BucketSourceOption conditions =
              Storage.BucketSourceOption.requestedPolicyVersion(3);
          Policy before = storage.getIamPolicy(bucket, conditions);
          List<Binding> bindings = new ArrayList<>(before.getBindingsList());
          bindings.add(
              Binding.newBuilder()
                  .setRole(READER)
                  .setMembers(List.of("serviceAccount:" + serviceAccount))
                  .build());
          return storage.setIamPolicy(
              bucket, before.toBuilder().setVersion(3).setBindings(bindings).build());
        });
  }

  @Override
  public String url(String name) {
    return GOOGLE + "/" + bucket + "/" + name;
  }

  private static Stored stored(Blob blob) {
    return new Stored(blob.getName(), blob.getSize(), String.valueOf(blob.getCrc32c()));
  }

  private <T> T asked(String what, Supplier<T> question) {
    try {
      return question.get();
    } catch (StorageException refused) {
      throw StorageErrors.translate(new ErrorContext(what, project, endpoint), bucket, refused);
    }
  }

  @Override
  public void close() {
    try {
      storage.close();
    } catch (Exception unclosed) {
      // Nothing is left to do with it.
      System.getLogger(GoogleObjects.class.getName())
          .log(System.Logger.Level.DEBUG, "A client of Cloud Storage did not close", unclosed);
    }
  }
}
