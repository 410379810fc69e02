package dev.podium.fleet.bench;

import com.sun.management.ThreadMXBean;
import dev.podium.bench.CloudServer;
import dev.podium.bench.Figure;
import dev.podium.bench.NodePeers;
import dev.podium.bench.Program;
import dev.podium.bench.Race;
import dev.podium.bench.Rest;
import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.google.GoogleCloud;
import dev.podium.wire.cloud.AccessTokens;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;

/// Lists a fleet of 10,000 VMs through the core's adapter, as the health monitor does. Google's
/// Node client does the same beside it, with the same filter and page size on the same local cloud.
public final class ListVmsBench {
  private static final int COUNT = 10_000;
  private static final int TENTH = COUNT / 10;
  private static final int ROUNDS = 5;
  private static final String FLEET = "demo";

  private static final Figure WALL =
      Figure.lower("list 10,000 VMs of a fleet", "ms")
          .ratio(0.5)
          .limitedBy("mostly this side, which parses the JSON: see the server's share below");
  private static final Figure SERVER = Figure.lower("of that, the server's processor", "ms");
  private static final Figure KEPT = Figure.lower("allocated a VM, 10,000 VMs", "bytes");
  private static final Figure KEPT_TENTH = Figure.lower("allocated a VM, 1,000 VMs", "bytes");

  private ListVmsBench() {}

  /// Runs the bench and prints its table.
  public static void main(String[] arguments) throws Exception {
    try (CloudServer server = CloudServer.start();
        ComputeCloud cloud = open(server)) {
      Rest rest = new Rest(server.compute(), server.project());
      rest.create(0, TENTH);
      rest.awaitRunning();
      var _ = allocated(cloud, TENTH);
      double tenth = allocated(cloud, TENTH);
      rest.create(TENTH, COUNT);
      rest.awaitRunning();
      Race race =
          new Race("The core lists a fleet", WALL, SERVER, KEPT, KEPT_TENTH)
              .enter("Podium", () -> ours(cloud, server, tenth));
      String peer = "npm @google-cloud/compute";
      switch (NodePeers.install()) {
        case NodePeers.Found.Missing(String why) -> race.leaveOut(peer, why);
        case NodePeers.Found.Installed installed -> {
          Program node =
              Program.start(
                  List.of("node", "list.mjs"),
                  installed.folder(),
                  Map.of(
                      "COMPUTE_PORT",
                      "" + server.compute().getPort(),
                      "PROJECT",
                      server.project()));
          race.enter(peer, () -> theirs(node, server));
        }
      }
      race.run(ROUNDS);
    }
    System.exit(0);
  }

  private static ComputeCloud open(CloudServer server) {
    return GoogleCloud.compute(
        CloudProfile.local(
            server.compute(),
            server.pubsub(),
            server.compute().resolve("/"),
            server.project(),
            FLEET),
        AccessTokens.fixed("any"));
  }

  private static Map<Figure, Double> ours(ComputeCloud cloud, CloudServer server, double tenth) {
    double before = server.program().cpuSeconds();
    long start = System.nanoTime();
    double bytes = allocated(cloud, COUNT);
    double millis = (System.nanoTime() - start) / 1e6;
    double used = (server.program().cpuSeconds() - before) * 1000;
    return Map.of(WALL, millis, SERVER, used, KEPT, bytes, KEPT_TENTH, tenth);
  }

  private static double allocated(ComputeCloud cloud, int count) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getTotalThreadAllocatedBytes();
    int found = cloud.list(FLEET).vms().size();
    if (found != count) {
      throw new IllegalStateException(found + " VMs instead of " + count);
    }
    return (double) (threads.getTotalThreadAllocatedBytes() - before) / count;
  }

  private static Map<Figure, Double> theirs(Program node, CloudServer server) throws Exception {
    double before = server.program().cpuSeconds();
    node.say("list " + FLEET);
    String[] said = node.line(line -> line.startsWith("listed ")).split(" ", -1);
    if (Integer.parseInt(said[1]) != COUNT) {
      throw new IllegalStateException("The peer found " + said[1] + " VMs");
    }
    double used = (server.program().cpuSeconds() - before) * 1000;
    return Map.of(WALL, Double.parseDouble(said[2]), SERVER, used);
  }
}
