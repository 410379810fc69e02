package dev.podium.desktop.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.client.CloudClient;
import dev.podium.desktop.cli.text.JsonText;
import dev.podium.desktop.program.ParentWatch;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Programs.CloudAddresses;
import dev.podium.desktop.program.Programs.LocalCloudRequest;
import dev.podium.desktop.program.Programs.Pace;
import dev.podium.desktop.program.Shutdown;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
public final class LocalCloudCommand implements Callable<Integer> {
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
      description = "Decides everything that looks like chance; that of --faults, else 1.")
  private @Nullable Long seed;

  @Option(
      names = "--machines",
      paramLabel = "process|qemu",
      defaultValue = "process",
      description = {
        "What a VM really is: the agent as a process, or a computer that QEMU emulates from",
        "--disk-image. A VM with local-cloud-machine=process in its metadata is a process anyway."
      })
  private Machines machines = Machines.PROCESS;

  @Option(
      names = "--disk-image",
      paramLabel = "FILE",
      description = "What VMs boot with --machines qemu: the disk.raw of installer/image/build.")
  private @Nullable Path diskImage;

  @Option(
      names = "--time-scale",
      paramLabel = "X",
      defaultValue = "1",
      description = "What the cloud's durations are multiplied with; 1 by default.")
  private double timeScale;

  @Option(
      names = "--tempo",
      paramLabel = "fast|realistic",
      defaultValue = "fast",
      description = "How long things take: milliseconds, or as on Compute Engine.")
  private Pace tempo = Pace.FAST;

  @Option(
      names = "--require-auth",
      description =
          "Refuse requests without an access token of its sign-in; a VM's does what its role allows.")
  private boolean requireAuth;

  @Option(
      names = "--links",
      paramLabel = "google|request",
      defaultValue = "google",
      description =
          "Host of links in answers: Google's, or the request's for clients that follow links.")
  private Links links = Links.GOOGLE;

  @Option(
      names = "--faults",
      paramLabel = "FILE|JSON",
      defaultValue = "{}",
      description = "What goes wrong from the start, as 'podium local-cloud fault show -o json'.")
  private String faults = "{}";

  @Option(
      names = "--json-ready",
      description = "Print one JSON line when ready and nothing else on stdout.")
  private boolean jsonReady;

  @Spec private CommandSpec spec = CommandSpec.create();

  public LocalCloudCommand(Programs programs, Shutdown shutdown) {
    this.programs = programs;
    this.shutdown = shutdown;
  }

  @Override
  public Integer call() {
    check();
    shutdown.serve();
    CloudAddresses cloud =
        programs.localCloud(
            new LocalCloudRequest(
                port,
                pubsubPort,
                project,
                seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                tempo,
                timeScale,
                requireAuth,
                links == Links.REQUEST,
                faults(),
                Optional.ofNullable(diskImage)),
            shutdown);
    PrintWriter out = spec.commandLine().getOut();
    if (jsonReady) {
      out.println(JsonText.line(cloud));
    } else {
      greet(out, cloud);
    }
    out.flush();
    ParentWatch.ofThisProcess().await();
    return 0;
  }

  private void check() {
    PortRange.check(spec, "--port", port);
    PortRange.check(spec, "--pubsub-port", pubsubPort);
    if (machines == Machines.QEMU && diskImage == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--machines qemu needs --disk-image FILE: the disk.raw that installer/image/build makes");
    }
    if (machines == Machines.PROCESS && diskImage != null) {
      throw new ParameterException(
          spec.commandLine(), "--disk-image is for --machines qemu; processes have no disk");
    }
    if (!(timeScale > 0) || Double.isInfinite(timeScale)) {
      throw new ParameterException(
          spec.commandLine(), "--time-scale " + timeScale + " is not a number above 0");
    }
  }

  /// The text given, or that of the file named.
  private String faults() {
    if (faults.strip().startsWith("{")) {
      return faults;
    }
    try {
      return Files.readString(Path.of(faults));
    } catch (IOException | InvalidPathException unreadable) {
      throw new ParameterException(
          spec.commandLine(),
          "--faults " + faults + " is neither JSON in braces nor a file that can be read");
    }
  }

  private void greet(PrintWriter out, CloudAddresses cloud) {
    out.println(
        "This is an emulator of the parts of Google Cloud that Podium and its tests use, for");
    out.println(
        "development on this computer. It has no IAM, no networks between VMs and no disks with");
    out.println(
        machines == Machines.PROCESS
            ? "data; its VMs are processes with your rights; it forgets everything when it ends."
            : "data but its VMs' own, which QEMU emulates; it forgets everything when it ends.");
    out.println();
    out.println(cloud.compute() + "  is Compute Engine");
    out.println(cloud.pubsub() + "  is Pub/Sub: export PUBSUB_EMULATOR_HOST=" + cloud.pubsub());
    out.println(cloud.identity() + "  is the sign-in" + (requireAuth ? ", which is needed" : ""));
    out.println(cloud.storage() + "  is Cloud Storage");
    out.println(cloud.project() + "  is the project");
    JsonNode wrong = new CloudClient(URI.create(cloud.identity())).get("faults");
    out.println("Tempo " + tempo + ", time scale " + timeScale + ", faults:");
    out.println("  " + wrong);
    out.println();
    out.println("Try, in another terminal:");
    out.println("  curl " + cloud.compute() + "projects/" + cloud.project() + "/zones");
    out.println("  podium serve --cloud " + cloud.identity());
    out.println("  podium local-cloud fault --help");
    out.println("Ctrl-C stops it and every VM it runs.");
  }

  /// Where the links in answers lead.
  private enum Links {
    /// As production's do, for scripts that compare them.
    GOOGLE,
    /// Back to where the request came, for clients that follow them.
    REQUEST;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
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
