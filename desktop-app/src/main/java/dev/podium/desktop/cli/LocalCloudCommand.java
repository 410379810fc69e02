package dev.podium.desktop.cli;

import dev.podium.desktop.cli.Programs.CloudAddresses;
import dev.podium.desktop.cli.Programs.LocalCloudRequest;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `podium local-cloud`: Compute Engine, Pub/Sub and Google's sign-in, emulated on the loopback.
@Command(
    name = "local-cloud",
    description = "Run the local cloud alone: an emulator of Compute Engine, Pub/Sub and sign-in.",
    footer = {"", "SIGTERM, Ctrl-C and end-of-file on stdin stop it and every VM it runs."})
final class LocalCloudCommand implements Callable<Integer> {
  private final Programs programs;
  private final Shutdown shutdown;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port of Compute Engine and sign-in; any free one by default.")
  private int port;

  @Option(
      names = "--pubsub-port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Port of Pub/Sub; any free one by default.")
  private int pubsubPort;

  @Option(
      names = "--project",
      paramLabel = "P",
      defaultValue = "podium-local",
      description = "Its project's id; ${DEFAULT-VALUE} by default.")
  private String project = "podium-local";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides everything that looks like chance; ${DEFAULT-VALUE} by default.")
  private long seed;

  @Option(
      names = "--machines",
      paramLabel = "process|qemu",
      defaultValue = "process",
      description = "What a VM really is; this release has process only.")
  private Machines machines = Machines.PROCESS;

  @Option(
      names = "--time-scale",
      paramLabel = "X",
      defaultValue = "1",
      description = "What the cloud's durations are multiplied with; 1 by default.")
  private double timeScale;

  @Option(
      names = "--json-ready",
      description = "Print one JSON line when ready and nothing else on stdout.")
  private boolean jsonReady;

  @Spec private CommandSpec spec = CommandSpec.create();

  LocalCloudCommand(Programs programs, Shutdown shutdown) {
    this.programs = programs;
    this.shutdown = shutdown;
  }

  @Override
  public Integer call() {
    check();
    CloudAddresses cloud =
        programs.localCloud(
            new LocalCloudRequest(port, pubsubPort, project, seed, timeScale), shutdown);
    PrintWriter out = spec.commandLine().getOut();
    if (jsonReady) {
      out.println(Json.line(cloud));
    } else {
      greet(out, cloud);
    }
    out.flush();
    Leash.ofThisProcess().await();
    return 0;
  }

  private void check() {
    Ports.check(spec, "--port", port);
    Ports.check(spec, "--pubsub-port", pubsubPort);
    if (machines == Machines.QEMU) {
      throw new ParameterException(
          spec.commandLine(), "This release cannot run VMs in QEMU; use --machines process");
    }
    if (!(timeScale > 0) || Double.isInfinite(timeScale)) {
      throw new ParameterException(
          spec.commandLine(), "--time-scale " + timeScale + " is not a number above 0");
    }
  }

  private static void greet(PrintWriter out, CloudAddresses cloud) {
    out.println(cloud.compute() + "  is Compute Engine, emulated on this computer");
    out.println(cloud.pubsub() + "  is Pub/Sub: export PUBSUB_EMULATOR_HOST=" + cloud.pubsub());
    out.println(cloud.identity() + "  is the sign-in");
    out.println(cloud.project() + "  is the project");
    out.println();
    out.println("Try, in another terminal:");
    out.println("  curl " + cloud.compute() + "projects/" + cloud.project() + "/zones");
    out.println("Ctrl-C stops it and every VM it runs.");
  }

  /// What a VM of the local cloud is.
  private enum Machines {
    /// A child process that runs the agent.
    PROCESS,
    /// A machine emulated by QEMU.
    QEMU;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
