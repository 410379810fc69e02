package dev.podium.localcloud.machine.qemu;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The command line that boots one machine. A pure function of what the machine is.
///
/// @param programs what is run
/// @param name the machine's, for lists of processes
/// @param accelerator `kvm`, `hvf`, or `tcg`, which is software alone
/// @param disk the machine's own, in the form qcow2
/// @param monitor where QEMU's monitor listens
/// @param network empty: no card at all
record QemuCommand(
    QemuPrograms programs,
    String name,
    String accelerator,
    Path disk,
    Path monitor,
    Optional<Network> network) {
  /// The guest's own address.
  static final String GUEST = "169.254.2.15";

  /// This computer, as the guest knows it.
  static final String HOST = "169.254.2.2";

  /// The name of the machine's card, by which its link is cut.
  static final String CARD = "card0";

  /// As the metadata server tells it, by which a guest knows which card is meant.
  private static final String HARDWARE_ADDRESS = "42:01:7f:00:00:01";

  private static final int MEMORY_MEGABYTES = 1024;
  private static final int PROCESSORS = 2;

  /// The ways in and out.
  ///
  /// @param metadataPort of the loopback, where the machine's metadata server is
  /// @param hostPort of the loopback, whence connections go to the guest; 0 for none
  /// @param guestPort where the guest serves
  record Network(int metadataPort, int hostPort, int guestPort) {}

  /// The program and its arguments.
  List<String> line() {
    List<String> line = new ArrayList<>();
    line.add(programs.system().toString());
    line.addAll(List.of("-name", name, "-no-user-config", "-nodefaults", "-display", "none"));
    line.addAll(List.of("-machine", "q35", "-accel", acceleration()));
    // Nested machines and a fifth level of page tables cost an emulated processor time for nothing.
    line.addAll(List.of("-cpu", "max,svm=off,vmx=off,la57=off"));
    line.addAll(List.of("-smp", String.valueOf(PROCESSORS), "-m", MEMORY_MEGABYTES + "M"));
    line.addAll(List.of("-chardev", "stdio,id=serial,signal=off", "-serial", "chardev:serial"));
    line.addAll(List.of("-qmp", "unix:" + escaped(monitor) + ",server=on,wait=off"));
    line.addAll(
        List.of(
            "-drive",
            "if=none,id=disk,format=qcow2,discard=unmap,cache=unsafe,file=" + escaped(disk)));
    line.addAll(List.of("-device", "virtio-scsi-pci", "-device", "scsi-hd,drive=disk"));
    line.addAll(List.of("-device", "virtio-rng-pci"));
    network.ifPresent(ways -> line.addAll(card(ways)));
    return List.copyOf(line);
  }

  private String acceleration() {
    return accelerator.equals("tcg") ? "tcg,thread=multi" : accelerator;
  }

  private List<String> card(Network ways) {
    StringBuilder net =
        new StringBuilder("user,id=net0,ipv6=off,net=169.254.0.0/16,host=" + HOST)
            .append(",dhcpstart=" + GUEST);
    if (ways.hostPort() > 0) {
      net.append(",hostfwd=tcp:127.0.0.1:" + ways.hostPort() + "-" + GUEST)
          .append(":" + ways.guestPort());
    }
    net.append(",guestfwd=tcp:169.254.169.254:80-cmd:" + escaped(programs.socat()))
        .append(" STDIO TCP4:127.0.0.1:" + ways.metadataPort());
    return List.of(
        "-netdev",
        net.toString(),
        "-device",
        "virtio-net-pci,id=" + CARD + ",netdev=net0,romfile=,mac=" + HARDWARE_ADDRESS);
  }

  /// QEMU's options end at a comma, unless it is doubled.
  private static String escaped(Path path) {
    return path.toString().replace(",", ",,");
  }
}
