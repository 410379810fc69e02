package dev.podium.desktop.testing;

import dev.podium.desktop.image.ImagePort;
import dev.podium.fleet.image.DiskImage;
import dev.podium.fleet.image.ImageInventory.Row;
import dev.podium.fleet.image.publish.Cancellation;
import dev.podium.fleet.image.publish.ImageRelease;
import dev.podium.fleet.image.publish.PublishProgress;
import dev.podium.fleet.image.publish.TrialBoot;
import dev.podium.wire.model.Labels;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// Images of a project in memory; a publication waits at its upload until the test lets it go on.
public final class ScriptedImages implements ImagePort {
  /// What was published, in order.
  public final List<Path> published = new CopyOnWriteArrayList<>();

  private final CountDownLatch uploaded = new CountDownLatch(1);
  private final List<Row> rows = new ArrayList<>();
  private volatile String used = "global/images/family/podium-agent";

  public ScriptedImages() {
    rows.add(row("podium-agent-1-1-0-20261102-081500", 0.0113, true, Set.of("class-a-1")));
    rows.add(row("podium-agent-1-0-0-20260914-090000", 0.0109, false, Set.of()));
  }

  private static Row row(String name, double cost, boolean newest, Set<String> vms) {
    return new Row(
        new DiskImage(
            name,
            Optional.of("podium-agent"),
            "X86_64",
            Instant.parse("2026-11-02T08:15:00Z"),
            2,
            226_000_000,
            true,
            Optional.empty(),
            Map.of(Labels.IMAGE, DiskImage.PUBLISHED),
            "",
            OptionalDouble.of(cost)),
        newest,
        vms);
  }

  /// Lets the publication go on behind its upload.
  public void upload() {
    uploaded.countDown();
  }

  @Override
  public synchronized Seen look() {
    return new Seen(
        used,
        rows,
        rows.stream().filter(row -> !row.newest() && row.vms().isEmpty()).map(Row::image).toList());
  }

  @Override
  public ImageRelease.Released publish(
      Path archive, Consumer<PublishProgress> told, Cancellation cancellation) {
    told.accept(
        new PublishProgress(
            PublishProgress.Step.UPLOAD,
            91_000_000,
            226_000_000,
            "it goes to bucket 'school-4711-podium-images'"));
    try {
      uploaded.await();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
    cancellation.check();
    published.add(archive);
    Row fresh = row("podium-agent-1-2-0-20261130-160000", 0.0113, true, Set.of());
    synchronized (this) {
      rows.replaceAll(row -> new Row(row.image(), false, row.vms()));
      rows.addFirst(fresh);
    }
    return new ImageRelease.Released(
        fresh.image(), new TrialBoot.Seen(Duration.ofSeconds(41), true), List.of(), "");
  }

  @Override
  public synchronized void use(String reference) {
    used = reference;
  }

  @Override
  public synchronized void remove(List<DiskImage> images) {
    rows.removeIf(row -> images.contains(row.image()));
  }
}
