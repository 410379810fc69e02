package dev.podium.localcloud.machine.qemu;

import dev.podium.localcloud.machine.MachineKind;
import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.instance.Instance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Machines that boot a disk image in QEMU. They share the image: each writes to a layer of its own
/// over it. Any thread may call.
public final class QemuMachines implements MachineKind {
  /// Tells the agent where Pub/Sub is. An agent believes it of a link's own addresses alone.
  private static final String PUBSUB_ITEM = "podium-pubsub";

  /// Compute Engine's shortest, after a notice of preemption. A cloud in a hurry is no reason to
  /// cut the power of an operating system that is just about to stop.
  private static final Duration LEAST_GRACE = Duration.ofSeconds(30);

  private static final long DISK_BYTES = 10L << 30;

  private final QemuPrograms programs;
  private final Path image;
  private final String pubsub;
  private final CompletableFuture<String> accelerator;

  private QemuMachines(
      QemuPrograms programs, Path image, String pubsub, CompletableFuture<String> accelerator) {
    this.programs = programs;
    this.image = image;
    this.pubsub = pubsub;
    this.accelerator = accelerator;
  }

  /// Finds the programs, and begins to find out whether machines can be accelerated.
  ///
  /// @param image a disk image, raw or qcow2
  /// @param pubsubPort of the loopback, where Pub/Sub is
  /// @param folder for the trial
  /// @throws IllegalStateException if a program is missing or the image cannot be used; the
  ///   sentence says what to do
  public static QemuMachines open(Path image, int pubsubPort, Path folder) {
    String system = System.getProperty("os.name");
    return open(
        QemuPrograms.find(System.getenv().getOrDefault("PATH", ""), system),
        image,
        pubsubPort,
        folder,
        Acceleration.offered(system));
  }

  /// The same with these programs, and with what the processor offers, if anything.
  static QemuMachines open(
      QemuPrograms programs, Path image, int pubsubPort, Path folder, Optional<String> offered) {
    check(image);
    CompletableFuture<String> accelerator = new CompletableFuture<>();
    QemuMachines machines =
        new QemuMachines(
            programs, image.toAbsolutePath(), QemuCommand.HOST + ":" + pubsubPort, accelerator);
    if (offered.isEmpty()) {
      accelerator.complete(Acceleration.SOFTWARE);
    } else {
      Thread.ofVirtual()
          .name("qemu-trial")
          .start(() -> accelerator.complete(machines.trial(offered.get(), folder)));
    }
    return machines;
  }

  private static void check(Path image) {
    String name = String.valueOf(image.getFileName()).toLowerCase(Locale.ROOT);
    if (!Files.isReadable(image) || !Files.isRegularFile(image)) {
      throw new IllegalStateException(
          "The disk image "
              + image
              + " cannot be read: build one with installer/image/build, or name another with"
              + " --disk-image.");
    }
    if (name.endsWith(".gz") || name.endsWith(".tar")) {
      throw new IllegalStateException(
          "The disk image "
              + image
              + " is packed for Compute Engine: unpack it with tar -xSf, and name the disk.raw that"
              + " is in it.");
    }
  }

  private String trial(String offered, Path folder) {
    Path home = folder.resolve("trial");
    try {
      Files.createDirectories(home);
      Path disk = layer(home);
      return Acceleration.proven(
          new QemuCommand(programs, "trial", offered, disk, home.resolve("qmp"), Optional.empty()),
          Acceleration.PATIENCE);
    } catch (IOException failure) {
      return Acceleration.SOFTWARE;
    } finally {
      remove(home);
    }
  }

  private static void remove(Path home) {
    try {
      for (String file : List.of("disk.qcow2", "qmp")) {
        Files.deleteIfExists(home.resolve(file));
      }
      Files.deleteIfExists(home);
    } catch (IOException left) {
      // The cloud's folder goes with all that is in it.
      System.getLogger(QemuMachines.class.getName())
          .log(System.Logger.Level.DEBUG, "A trial's folder stays for now.", left);
    }
  }

  @Override
  public String ownAddress() {
    return QemuCommand.GUEST;
  }

  @Override
  public Map<String, String> additions() {
    return Map.of(PUBSUB_ITEM, pubsub);
  }

  @Override
  public String program() {
    return "The machine's QEMU";
  }

  @Override
  public boolean keepsDisk() {
    return true;
  }

  @Override
  public Duration grace(Duration usual) {
    return usual.compareTo(LEAST_GRACE) < 0 ? LEAST_GRACE : usual;
  }

  @Override
  public Launch prepare(
      Instance instance, String metadata, Path home, int served, int hidden, FaultPlan plan)
      throws IOException {
    Path disk = layer(home);
    Path socket = home.resolve("qmp");
    Files.deleteIfExists(socket);
    int metadataPort = Integer.parseInt(metadata.substring(metadata.lastIndexOf(':') + 1));
    QemuCommand command =
        new QemuCommand(
            programs,
            instance.key().name(),
            accelerator.join(),
            disk,
            socket,
            Optional.of(new QemuCommand.Network(metadataPort, served > 0 ? hidden : 0, served)));
    MachineMonitor monitor = new MachineMonitor(socket);
    return new Launch(
        new ProcessBuilder(command.line()).directory(home.toFile()),
        new EmulatedNetwork(monitor, served, hidden),
        (process, _) -> pressPower(monitor, process));
  }

  private static void pressPower(MachineMonitor monitor, Process process) {
    try {
      monitor.pressPower();
    } catch (IOException deaf) {
      // QEMU itself ends by SIGTERM, as a machine does whose plug is pulled.
      process.destroy();
    }
  }

  /// The machine's own layer over the image, made at its first start.
  private Path layer(Path home) throws IOException {
    Path disk = home.resolve("disk.qcow2");
    if (Files.exists(disk)) {
      return disk;
    }
    String form = image.toString().endsWith(".qcow2") ? "qcow2" : "raw";
    List<String> command =
        List.of(
            programs.image().toString(),
            "create",
            "-q",
            "-f",
            "qcow2",
            "-F",
            form,
            "-b",
            image.toString(),
            disk.toString(),
            String.valueOf(Math.max(DISK_BYTES, Files.size(image))));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new IOException("qemu-img made no disk: " + said);
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      throw new IOException("The machine was turned off meanwhile.", ending);
    }
    return disk;
  }
}
