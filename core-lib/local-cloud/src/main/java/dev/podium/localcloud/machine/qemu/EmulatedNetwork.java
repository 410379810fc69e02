package dev.podium.localcloud.machine.qemu;

import dev.podium.localcloud.machine.CutSwitch;
import dev.podium.localcloud.machine.MachineNetwork;
import dev.podium.localcloud.machine.Relay;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The network of an emulated machine. Its cable is QEMU's; before the port that it serves stands a
/// relay, which can be closed while all else goes on. Any thread may call.
final class EmulatedNetwork implements MachineNetwork {
  private static final System.Logger LOG = System.getLogger(EmulatedNetwork.class.getName());

  private final MachineMonitor monitor;
  private final CutSwitch door = new CutSwitch();
  private final @Nullable Relay relay;
  private boolean cut;
  private boolean closed;

  /// @param served the port on which the machine is reached; 0 for none
  /// @param hidden from which QEMU forwards to the guest
  /// @throws IOException if `served` is taken
  EmulatedNetwork(MachineMonitor monitor, int served, int hidden) throws IOException {
    this.monitor = monitor;
    this.relay = served > 0 ? Relay.open(served, hidden, door) : null;
  }

  @Override
  public synchronized boolean isCut() {
    return cut;
  }

  @Override
  public synchronized void set(boolean nowCut) {
    cut = nowCut;
    try {
      monitor.setLink(QemuCommand.CARD, !nowCut);
    } catch (IOException gone) {
      // A machine whose QEMU is gone has no network either way.
      LOG.log(System.Logger.Level.DEBUG, "A machine's link was not set.", gone);
    }
    door.set(cut || closed);
  }

  @Override
  public synchronized void close(boolean nowClosed) {
    closed = nowClosed;
    door.set(cut || closed);
  }

  @Override
  public void close() {
    if (relay != null) {
      relay.close();
    }
    door.set(false);
  }
}
