package dev.podium.localcloud.machine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The network of a process, where it runs through the cloud. A relay stands before each server
/// that the machine uses, and one before the port that it serves. Any thread may call.
final class RelayedNetwork implements MachineNetwork {
  /// Tells the agent where to listen behind the relay; what it tells others stays `podium-port`.
  static final String LISTEN_VARIABLE = "PODIUM_LISTEN_PORT";

  private final CutSwitch wires = new CutSwitch();

  /// Before the port that the machine serves.
  private final CutSwitch door = new CutSwitch();

  private boolean closed;
  private final List<Relay> relays = new ArrayList<>();

  private RelayedNetwork() {}

  /// Opens all relays, and rewrites the addresses in a machine's environment to go through them.
  ///
  /// @param environment holds `host:port` under each of `variables`
  /// @param served the port on which the machine is reached; 0 for none
  /// @param hidden a free port on which it is to listen
  static RelayedNetwork open(
      Map<String, String> environment, List<String> variables, int served, int hidden)
      throws IOException {
    RelayedNetwork network = new RelayedNetwork();
    try {
      Map<String, Integer> relayed = new HashMap<>();
      for (String variable : variables) {
        String address = environment.getOrDefault(variable, "");
        if (!relayed.containsKey(address)) {
          int target = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
          relayed.put(address, network.add(0, target, network.wires));
        }
        environment.put(variable, "127.0.0.1:" + relayed.get(address));
      }
      if (served > 0) {
        network.add(served, hidden, network.door);
        environment.put(LISTEN_VARIABLE, String.valueOf(hidden));
      }
      return network;
    } catch (IOException taken) {
      network.close();
      throw taken;
    }
  }

  private int add(int port, int target, CutSwitch wire) throws IOException {
    Relay relay = Relay.open(port, target, wire);
    relays.add(relay);
    return relay.port();
  }

  @Override
  public boolean isCut() {
    return wires.isCut();
  }

  @Override
  public synchronized void set(boolean cut) {
    wires.set(cut);
    door.set(cut || closed);
  }

  @Override
  public synchronized void close(boolean nowClosed) {
    closed = nowClosed;
    door.set(wires.isCut() || nowClosed);
  }

  @Override
  public void close() {
    relays.forEach(Relay::close);
    // Whoever waits at a cut wire must see that its ends are gone.
    wires.set(false);
    door.set(false);
  }
}
