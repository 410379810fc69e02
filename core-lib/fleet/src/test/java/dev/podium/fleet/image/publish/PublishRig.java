package dev.podium.fleet.image.publish;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.HttpHealthProbe;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.google.GoogleCloud;
import dev.podium.fleet.image.DiskImage;
import dev.podium.fleet.image.ImageCloud;
import dev.podium.fleet.image.ObjectStore;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import dev.podium.wire.cloud.AccessTokens;
import dev.podium.wire.cloud.Ticker;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/// A local cloud whose machines answer `/healthz`, and what a publication needs of it.
public final class PublishRig implements AutoCloseable {
  public final LocalCloud cloud;
  public final CloudProfile profile;
  public final ImageCloud images;
  public final ObjectStore store;
  public final ComputeCloud compute;
  public final HttpHealthProbe probe = new HttpHealthProbe();
  public final Cancellation cancellation = new Cancellation();
  public final List<PublishProgress> told = new ArrayList<>();
  public Consumer<PublishProgress> heard = _ -> {};

  /// How much faster than it does time seems to pass.
  long speed = 1;

  public PublishRig() {
    this(Optional.empty());
  }

  public PublishRig(Optional<String> bucket) {
    cloud =
        LocalCloud.start(
            LocalCloudOptions.defaults()
                .withTimeScale(0.2)
                .withAgentCommand(
                    List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrialAgent.class.getName())));
    profile =
        CloudProfile.local(
            cloud.compute(), cloud.pubsub(), cloud.identity(), cloud.project(), "demo");
    AccessTokens tokens = AccessTokens.fixed("local");
    images = GoogleCloud.images(profile, tokens);
    store = GoogleCloud.objects(profile, tokens, bucket);
    compute = GoogleCloud.compute(profile, tokens);
  }

  public PublishPlan plan(Duration bootLimit) {
    return new PublishPlan(
        PublishPlan.FAMILY,
        List.of("us-central1-a", "us-central1-b"),
        Optional.empty(),
        Optional.empty(),
        2,
        bootLimit,
        "ann@example.com");
  }

  public OwnVms vms(PublishPlan plan) {
    return new OwnVms(compute, plan.zones(), Duration.ofMillis(50));
  }

  public PublishLeftovers leftovers(PublishPlan plan) {
    return new PublishLeftovers(vms(plan), images, store);
  }

  public ImageRelease release(PublishPlan plan) {
    return new ImageRelease(
        plan,
        images,
        new TrialBoot(plan, vms(plan), compute, probe, ticker()),
        step -> {
          told.add(step);
          heard.accept(step);
        },
        cancellation);
  }

  private Ticker ticker() {
    long factor = speed;
    return new Ticker() {
      @Override
      public long nanos() {
        return System.nanoTime() * factor;
      }

      @Override
      public Instant wall() {
        return Instant.now();
      }
    };
  }

  Publication publication(Duration bootLimit) {
    PublishPlan plan = plan(bootLimit);
    return new Publication(plan, store, leftovers(plan), release(plan), Ticker.system());
  }

  ImageRelease.Released publish(Path file) {
    return publication(Duration.ofSeconds(30)).run(file);
  }

  public String newest() {
    return images.list().stream()
        .filter(image -> image.family().filter(PublishPlan.FAMILY::equals).isPresent())
        .filter(DiskImage::usable)
        .findFirst()
        .map(DiskImage::name)
        .orElse("");
  }

  /// VMs, candidates and objects that a publication made and that are still there.
  public List<String> left() {
    List<String> left = new ArrayList<>();
    compute.list(PublishPlan.FLEET).vms().forEach(vm -> left.add("VM " + vm.name()));
    images.list().stream()
        .filter(DiskImage::candidate)
        .forEach(image -> left.add("image " + image.name()));
    store.list("").forEach(object -> left.add("object " + object.name()));
    return left;
  }

  public void faults(String json) {
    URI uri = cloud.compute().resolve("/local/faults");
    HttpRequest request =
        HttpRequest.newBuilder(uri).PUT(HttpRequest.BodyPublishers.ofString(json)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(answer.body());
      }
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /// An archive of a disk of two GiB, as `tar --format=oldgnu` makes it; its bytes are chance's.
  static Path archive(Path folder, String version, int bytes) {
    Path file = folder.resolve("podium-vm-" + version + "-amd64.tar.gz");
    byte[] header = new byte[512];
    put(header, 0, "disk.raw");
    put(header, 124, "%011o".formatted(2L << 30));
    header[156] = '0';
    put(header, 257, "ustar  ");
    byte[] disk = new byte[bytes];
    new Random(bytes).nextBytes(disk);
    try (OutputStream zip = new GZIPOutputStream(Files.newOutputStream(file))) {
      zip.write(header);
      zip.write(disk);
      return file;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  @Override
  public void close() {
    probe.close();
    compute.close();
    store.close();
    images.close();
    cloud.close();
  }
}
