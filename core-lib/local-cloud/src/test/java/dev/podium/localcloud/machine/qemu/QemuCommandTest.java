package dev.podium.localcloud.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QemuCommandTest {
  private static final QemuPrograms PROGRAMS =
      new QemuPrograms(
          Path.of("/usr/bin/qemu-system-x86_64"),
          Path.of("/usr/bin/qemu-img"),
          Path.of("/usr/bin/socat"));

  private static List<String> line(String accelerator, Path home, QemuCommand.Network... network) {
    return new QemuCommand(
            PROGRAMS,
            "vm-a",
            accelerator,
            home.resolve("disk.qcow2"),
            home.resolve("qmp"),
            Stream.of(network).findFirst())
        .line();
  }

  private static String after(List<String> line, String option) {
    return line.get(line.indexOf(option) + 1);
  }

  @Test
  void a_guest_reaches_its_metadata_and_is_reached_at_its_port() {
    List<String> line =
        line("tcg", Path.of("/tmp/c/vm-7"), new QemuCommand.Network(40_001, 20_002, 20_003));

    assertThat(line.getFirst()).isEqualTo("/usr/bin/qemu-system-x86_64");
    assertThat(after(line, "-netdev").split(","))
        .contains(
            "net=169.254.0.0/16",
            "host=169.254.2.2",
            "dhcpstart=169.254.2.15",
            "hostfwd=tcp:127.0.0.1:20002-169.254.2.15:20003",
            "guestfwd=tcp:169.254.169.254:80-cmd:/usr/bin/socat STDIO TCP4:127.0.0.1:40001");
    assertThat(line).anyMatch(device -> device.endsWith("mac=42:01:7f:00:00:01"));
    assertThat(after(line, "-accel")).isEqualTo("tcg,thread=multi");
    assertThat(after(line, "-qmp")).isEqualTo("unix:/tmp/c/vm-7/qmp,server=on,wait=off");
    assertThat(after(line, "-drive")).endsWith("file=/tmp/c/vm-7/disk.qcow2");
  }

  @Test
  void a_machine_that_serves_nothing_has_no_door() {
    List<String> line = line("kvm", Path.of("/tmp"), new QemuCommand.Network(40_001, 0, 0));

    assertThat(after(line, "-netdev")).doesNotContain("hostfwd");
    assertThat(after(line, "-accel")).isEqualTo("kvm");
  }

  @Test
  void a_trial_has_no_network_at_all() {
    assertThat(line("kvm", Path.of("/tmp"))).doesNotContain("-netdev");
  }

  @Test
  void a_comma_in_a_folders_name_ends_no_option() {
    List<String> line = line("tcg", Path.of("/tmp/a,b"));

    assertThat(after(line, "-drive")).endsWith("file=/tmp/a,,b/disk.qcow2");
    assertThat(after(line, "-qmp")).startsWith("unix:/tmp/a,,b/qmp,server=on");
  }

  @Test
  void what_a_guest_is_told_of_pubsub_is_what_agents_believe() {
    // The agent takes no other host, and Pub/Sub's own check lets no other name in.
    assertThat(QemuCommand.HOST).isEqualTo("169.254.2.2");
  }
}
