package dev.podium.localcloud.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.podium.localcloud.machine.ProcessMachines;
import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.instance.Instance;
import dev.podium.localcloud.state.instance.InstanceKey;
import dev.podium.localcloud.state.instance.InstanceSpec;
import dev.podium.localcloud.state.instance.InstanceStatus;
import dev.podium.localcloud.state.instance.MetadataHosts;
import dev.podium.localcloud.state.instance.Scheduling;
import dev.podium.localcloud.state.instance.SerialLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What the local cloud does with emulated machines; scripts stand in for QEMU's programs.
@DisabledOnOs(OS.WINDOWS)
class QemuMachinesTest {
  @TempDir private Path folder;
  private Path image;
  private QemuPrograms programs;
  private ProcessMachines machines;

  private static final MetadataHosts METADATA =
      new MetadataHosts() {
        @Override
        public String open(Instance instance, String address) {
          return "127.0.0.1:40001";
        }

        @Override
        public void close(long instanceId) {}
      };

  @BeforeEach
  void start() throws IOException {
    image = Files.writeString(folder.resolve("disk.raw"), "image");
    Path emulator = script("qemu-system-x86_64", "echo QEMU \"$@\"; exec cat");
    // The last argument but one is the disk.
    Path maker = script("qemu-img", "while [ $# -gt 2 ]; do shift; done; echo layer >\"$1\"");
    programs = new QemuPrograms(emulator, maker, Path.of("/usr/bin/socat"));
    Path home = Files.createDirectory(folder.resolve("cloud"));
    QemuMachines kind = QemuMachines.open(programs, image, 40_002, home, Optional.empty());
    machines =
        new ProcessMachines(
            new ProcessMachines.Settings(Map.of("qemu", kind), "qemu", Duration.ofSeconds(1)),
            new FaultPlan(1),
            METADATA,
            home);
  }

  @AfterEach
  void stop() {
    machines.close();
  }

  private Path script(String name, String text) throws IOException {
    Path script = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }

  private static Instance instance(long id, Map<String, String> metadata) {
    InstanceSpec spec =
        new InstanceSpec(
            "e2-micro",
            Map.of(),
            metadata,
            List.of(),
            Scheduling.standard(),
            Optional.empty(),
            "default",
            true,
            List.of(),
            true,
            Map.of());
    return new Instance(
        new InstanceKey("us-central1-a", "vm-" + id),
        id,
        Instant.EPOCH,
        spec,
        InstanceStatus.RUNNING,
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static String text(SerialLog log) {
    return log.read(0).contents();
  }

  private Path disk(long id) {
    return folder.resolve("cloud/vm-" + id + "/disk.qcow2");
  }

  private SerialLog boot(Instance instance) {
    SerialLog log = new SerialLog();
    machines.boot(instance, log, _ -> {});
    await().until(() -> text(log).contains("QEMU "));
    return log;
  }

  private void halt(Instance instance) {
    CompletableFuture<Void> gone = new CompletableFuture<>();
    machines.halt(instance, Duration.ofSeconds(1), () -> gone.complete(null));
    gone.join();
  }

  @Test
  void a_machine_boots_a_layer_of_its_own_and_its_console_is_the_serial_port() {
    SerialLog log = boot(instance(1, Map.of()));
    boot(instance(2, Map.of()));

    assertThat(text(log)).contains("-accel tcg,thread=multi", "TCP4:127.0.0.1:40001");
    assertThat(disk(1)).exists();
    assertThat(disk(2)).exists();
    assertThat(image).hasContent("image");
  }

  @Test
  void what_a_machine_wrote_outlives_a_stop_and_goes_with_its_instance() throws IOException {
    Instance instance = instance(1, Map.of());
    boot(instance);
    Files.writeString(disk(1), "written");

    halt(instance);
    assertThat(machines.condition(instance).pid()).isEmpty();
    boot(instance);
    assertThat(disk(1)).hasContent("written");

    halt(instance);
    machines.forget(instance);
    await().until(() -> !Files.exists(disk(1)));
  }

  @Test
  void a_machine_is_told_where_pubsub_is_as_the_guest_knows_this_computer() {
    assertThat(machines.additions(instance(1, Map.of()).spec()))
        .containsEntry("podium-pubsub", "169.254.2.2:40002")
        .containsKey("podium-port");
  }

  @Test
  void a_kind_that_the_cloud_has_not_is_told_on_the_serial_port() {
    SerialLog log = new SerialLog();
    machines.boot(instance(1, Map.of("local-cloud-machine", "paper")), log, _ -> {});

    assertThat(text(log))
        .contains("no machines of the kind 'paper'")
        .contains("Its kinds are qemu.");
  }

  @Test
  void an_image_that_is_missing_or_packed_is_one_sentence() throws IOException {
    Path missing = folder.resolve("none.raw");
    assertThatThrownBy(() -> QemuMachines.open(programs, missing, 40_002, folder, Optional.empty()))
        .hasMessageContaining("cannot be read: build one with installer/image/build");
    Path packed = Files.createFile(folder.resolve("podium-vm.tar.gz"));
    assertThatThrownBy(() -> QemuMachines.open(programs, packed, 40_002, folder, Optional.empty()))
        .hasMessageContaining("unpack it with tar -xSf");
  }

  @Test
  void what_a_processor_offers_counts_only_after_a_boot_that_got_on() throws IOException {
    assertThat(proven("echo '[ 1.0] Run /init as init process'; exec sleep 60", 20_000))
        .isEqualTo("kvm");
    assertThat(proven("echo 'Could not access KVM kernel module'; exit 1", 20_000))
        .isEqualTo("tcg");
    assertThat(proven("echo 'Booting from Hard Disk...'; exec sleep 60", 100)).isEqualTo("tcg");
  }

  private String proven(String emulator, long millis) throws IOException {
    QemuPrograms own =
        new QemuPrograms(script("trial", emulator), programs.image(), programs.socat());
    return Acceleration.proven(
        new QemuCommand(own, "trial", "kvm", disk(1), disk(2), Optional.empty()),
        Duration.ofMillis(millis));
  }
}
