package dev.podium.fleet.google.image;

import com.google.api.gax.httpjson.HttpJsonCallContext;
import com.google.cloud.compute.v1.AggregatedListDisksRequest;
import com.google.cloud.compute.v1.DeleteImageRequest;
import com.google.cloud.compute.v1.DeprecateImageRequest;
import com.google.cloud.compute.v1.DeprecationStatus;
import com.google.cloud.compute.v1.Disk;
import com.google.cloud.compute.v1.DiskAggregatedList;
import com.google.cloud.compute.v1.DisksScopedList;
import com.google.cloud.compute.v1.GetImageRequest;
import com.google.cloud.compute.v1.GlobalSetLabelsRequest;
import com.google.cloud.compute.v1.GuestOsFeature;
import com.google.cloud.compute.v1.Image;
import com.google.cloud.compute.v1.ImageList;
import com.google.cloud.compute.v1.InsertImageRequest;
import com.google.cloud.compute.v1.ListImagesRequest;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.PatchImageRequest;
import com.google.cloud.compute.v1.RawDisk;
import com.google.cloud.compute.v1.SetLabelsImageRequest;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.google.compute.CloudTime;
import dev.podium.fleet.google.compute.ComputeClients;
import dev.podium.fleet.google.compute.GoogleComputeCloud;
import dev.podium.fleet.google.compute.Instances;
import dev.podium.fleet.google.compute.OperationWatch;
import dev.podium.fleet.google.compute.failure.ComputeErrors;
import dev.podium.fleet.image.DiskImage;
import dev.podium.fleet.image.ImageCloud;
import dev.podium.fleet.image.NewImage;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.google.CloudCalls;
import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.google.RetryPolicy;
import dev.podium.wire.google.TokenCredentials;
import dev.podium.wire.model.Labels;
import dev.podium.wire.model.PodiumException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// The images of Compute Engine, or of the local cloud that speaks its protocol.
public final class GoogleImages implements ImageCloud {
  private static final int PAGE = 500;

  /// What an operation is followed by that belongs to no zone.
  private static final String GLOBAL = "";

  /// A GB of a custom image for a month. Source: the section "Images" of
  /// <https://cloud.google.com/compute/disks-image-pricing>, as our notes of 2026 have it.
  private static final double GB_MONTH = 0.05;

  private static final double GB = 1e9;

  private final String project;
  private final boolean priced;
  private final ComputeClients clients;
  private final CloudCalls calls;
  private final OperationWatch watch;

  public GoogleImages(CloudProfile profile, AccessTokens tokens, RetryPolicy policy) {
    this.project = profile.project();
    this.priced = !profile.local();
    this.clients = new ComputeClients(new TokenCredentials(tokens), profile.computeEndpoint());
    this.calls =
        new CloudCalls(policy, HttpJsonCallContext.createDefault(), ComputeErrors::translate);
    this.watch = new OperationWatch(clients, calls, policy.firstPause());
  }

  @Override
  public List<DiskImage> list() {
    List<DiskImage> images = new ArrayList<>();
    for (ImageList page :
        calls.pages(
            context("The images of project '" + project + "' cannot be listed"),
            clients.images().listCallable(),
            token ->
                ListImagesRequest.newBuilder()
                    .setProject(project)
                    .setMaxResults(PAGE)
                    .setPageToken(token)
                    .build(),
            ImageList::getNextPageToken)) {
      page.getItemsList().forEach(image -> images.add(image(image)));
    }
    images.sort(Comparator.comparing(DiskImage::created).reversed());
    return images;
  }

  @Override
  public Optional<DiskImage> find(String name) {
    try {
      return Optional.of(
          image(
              calls.call(
                  context("Image '" + name + "' cannot be read"),
                  clients.images().getCallable(),
                  GetImageRequest.newBuilder().setProject(project).setImage(name).build())));
    } catch (PodiumException.NotFound none) {
      return Optional.empty();
    }
  }

  private DiskImage image(Image image) {
    return new DiskImage(
        image.getName(),
        Optional.of(image.getFamily()).filter(family -> !family.isEmpty()),
        image.getArchitecture().isEmpty() ? "X86_64" : image.getArchitecture(),
        CloudTime.of(image.getCreationTimestamp()).orElse(Instant.EPOCH),
        image.getDiskSizeGb(),
        image.getArchiveSizeBytes(),
        "READY".equals(image.getStatus()),
        Optional.of(image.getDeprecated().getState()).filter(state -> !state.isEmpty()),
        image.getLabelsMap(),
        image.getLabelFingerprint(),
        OptionalDouble.of(priced ? image.getArchiveSizeBytes() / GB * GB_MONTH : 0));
  }

  @Override
  public void create(NewImage wanted) {
    Image.Builder image =
        Image.newBuilder()
            .setName(wanted.name())
            .setDescription(wanted.description())
            .putAllLabels(wanted.labels())
            .setArchitecture(wanted.architecture());
    wanted
        .guestFeatures()
        .forEach(feature -> image.addGuestOsFeatures(GuestOsFeature.newBuilder().setType(feature)));
    switch (wanted.source()) {
      case NewImage.Source.Archive archive ->
          image.setRawDisk(RawDisk.newBuilder().setSource(archive.url()).setContainerType("TAR"));
      case NewImage.Source.Disk disk ->
          image.setSourceDisk("zones/" + disk.zone() + "/disks/" + disk.name());
    }
    ErrorContext context = context("Image '" + wanted.name() + "' was not made");
    try {
      Operation operation =
          calls.call(
              context,
              clients.images().insertCallable(),
              InsertImageRequest.newBuilder()
                  .setProject(project)
                  .setRequestId(UUID.randomUUID().toString())
                  .setImageResource(image)
                  .build());
      follow(context, operation, () -> find(wanted.name()).filter(DiskImage::ready).isPresent());
    } catch (PodiumException.QuotaExceeded full) {
      throw new PodiumException.QuotaExceeded(
          context.what(),
          full.sentence().replaceFirst("^.*was not made: ", ""),
          "Remove images that nobody uses with 'podium image prune', or ask for more at"
              + " https://console.cloud.google.com/iam-admin/quotas?project="
              + project
              + " .",
          full);
    }
  }

  @Override
  public void release(DiskImage image, String family, Map<String, String> labels) {
    ErrorContext context = context("Image '" + image.name() + "' was not put into its family");
    Operation labelled =
        calls.call(
            context,
            clients.images().setLabelsCallable(),
            SetLabelsImageRequest.newBuilder()
                .setProject(project)
                .setResource(image.name())
                .setGlobalSetLabelsRequestResource(
                    GlobalSetLabelsRequest.newBuilder()
                        .setLabelFingerprint(image.labelFingerprint())
                        .putAllLabels(labels))
                .build());
    follow(context, labelled, () -> true);
    Operation moved =
        calls.call(
            context,
            clients.images().patchCallable(),
            PatchImageRequest.newBuilder()
                .setProject(project)
                .setImage(image.name())
                .setRequestId(UUID.randomUUID().toString())
                .setImageResource(Image.newBuilder().setFamily(family))
                .build());
    follow(
        context,
        moved,
        () -> find(image.name()).flatMap(DiskImage::family).filter(family::equals).isPresent());
  }

  @Override
  public void retire(String name, String replacement) {
    ErrorContext context = context("Image '" + name + "' was not retired");
    Operation operation =
        calls.call(
            context,
            clients.images().deprecateCallable(),
            DeprecateImageRequest.newBuilder()
                .setProject(project)
                .setImage(name)
                .setRequestId(UUID.randomUUID().toString())
                .setDeprecationStatusResource(
                    DeprecationStatus.newBuilder()
                        .setState("DEPRECATED")
                        .setReplacement(
                            "https://www.googleapis.com/compute/v1/projects/"
                                + project
                                + "/global/images/"
                                + replacement))
                .build());
    follow(context, operation, () -> true);
  }

  @Override
  public void delete(String name) {
    ErrorContext context = context("Image '" + name + "' was not removed");
    try {
      Operation operation =
          calls.call(
              context,
              clients.images().deleteCallable(),
              DeleteImageRequest.newBuilder()
                  .setProject(project)
                  .setImage(name)
                  .setRequestId(UUID.randomUUID().toString())
                  .build());
      follow(context, operation, () -> find(name).isEmpty());
    } catch (PodiumException.NotFound gone) {
      // Somebody else was faster, and that is as good.
    }
  }

  private void follow(ErrorContext context, Operation operation, BooleanSupplier achieved) {
    GoogleComputeCloud.await(watch.follow(context, GLOBAL, operation, achieved));
  }

  /// An instance does not remember its image; its boot disk does.
  @Override
  public Map<String, Set<String>> users() {
    Map<String, Set<String>> users = new TreeMap<>();
    for (DiskAggregatedList page :
        calls.pages(
            context("The disks of project '" + project + "' cannot be listed"),
            clients.disks().aggregatedListCallable(),
            token ->
                AggregatedListDisksRequest.newBuilder()
                    .setProject(project)
                    .setFilter("labels." + Labels.FLEET + ":*")
                    .setMaxResults(PAGE)
                    .setPageToken(token)
                    .setReturnPartialSuccess(true)
                    .build(),
            DiskAggregatedList::getNextPageToken)) {
      for (DisksScopedList part : page.getItemsMap().values()) {
        part.getDisksList().forEach(disk -> note(disk, users));
      }
    }
    return users;
  }

  private static void note(Disk disk, Map<String, Set<String>> users) {
    String image = Instances.shortName(disk.getSourceImage());
    for (String user : disk.getUsersList()) {
      users.computeIfAbsent(image, _ -> new TreeSet<>()).add(Instances.shortName(user));
    }
  }

  @Override
  public void close() {
    calls.close();
    clients.close();
  }

  private ErrorContext context(String what) {
    return new ErrorContext(what, project, clients.endpoint());
  }
}
