package dev.podium.desktop.cli.fault;

import dev.podium.desktop.cli.client.CloudClient;
import dev.podium.desktop.cli.text.JsonText;
import dev.podium.desktop.program.Programs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `podium local-cloud fault set`: changes what is named and leaves the rest.
@Command(
    name = "set",
    description = "Let things go wrong; what is not named stays as it is.",
    footer = {"", "Shares are numbers from 0 (never) to 1 (always)."})
final class SetFaultsCommand extends CloudCommand {
  @Option(
      names = "--stock-out",
      paramLabel = "ZONE",
      split = ",",
      description = "Zones without a machine left.")
  private @Nullable List<String> stockOut;

  @Option(
      names = "--unreachable",
      paramLabel = "ZONE",
      split = ",",
      description = "Zones that do not answer; lists of all zones lack them and say so.")
  private @Nullable List<String> unreachable;

  @Mixin private ProjectFaultOptions project = new ProjectFaultOptions();

  @Option(
      names = "--quota",
      paramLabel = "[REGION/]METRIC=N",
      description = "A limit, such as CPUS=8 or us-central1/INSTANCES=3.")
  private @Nullable Map<String, Double> quotas;

  @Option(
      names = "--requests-per-minute",
      paramLabel = "GROUP=N",
      description = "A rate limit, such as reads_per_region=1500.")
  private @Nullable Map<String, Integer> requestsPerMinute;

  @Option(names = "--error-403", paramLabel = "SHARE", description = "Refuse requests: too many.")
  private @Nullable Double error403;

  @Option(names = "--error-429", paramLabel = "SHARE", description = "The same with status 429.")
  private @Nullable Double error429;

  @Option(names = "--error-503", paramLabel = "SHARE", description = "Refuse requests: backend.")
  private @Nullable Double error503;

  @Option(
      names = "--slow-operations",
      paramLabel = "MS",
      description = "What every operation takes longer, in milliseconds.")
  private @Nullable Long slowOperations;

  @Option(
      names = "--fail-operations",
      paramLabel = "SHARE",
      description = "Accept operations and let them fail.")
  private @Nullable Double failOperations;

  @Option(
      names = "--fail-code",
      paramLabel = "CODE",
      description = "With this error, such as INTERNAL_ERROR.")
  private @Nullable String failCode;

  @Option(
      names = "--fail-types",
      paramLabel = "TYPE",
      split = ",",
      description = "Only these, such as insert,delete.")
  private @Nullable List<String> failTypes;

  @Option(
      names = "--pubsub-delay",
      paramLabel = "MS",
      description = "From a message's publication to its delivery, in milliseconds.")
  private @Nullable Long pubsubDelay;

  @Option(
      names = "--pubsub-duplicates",
      paramLabel = "SHARE",
      description = "Deliver messages once more after they were acknowledged.")
  private @Nullable Double pubsubDuplicates;

  @Option(
      names = "--pubsub-errors",
      paramLabel = "SHARE",
      description = "Refuse calls with UNAVAILABLE.")
  private @Nullable Double pubsubErrors;

  @Option(
      names = "--pubsub-down",
      negatable = true,
      description = "Refuse all calls with UNAVAILABLE and end all streams; or no longer.")
  private @Nullable Boolean pubsubDown;

  @Option(
      names = "--cuttable",
      negatable = true,
      description = "Let VMs that boot from now on have a network that can be cut; or no longer.")
  private @Nullable Boolean cuttable;

  @Option(
      names = "--probes-cut",
      negatable = true,
      description =
          "Let nothing through to VMs' pages, as a firewall does; or no longer. Holds for VMs that"
              + " boot meanwhile, or with --cuttable.")
  private @Nullable Boolean probesCut;

  @Option(
      names = "--without-role",
      paramLabel = "EMAIL",
      split = ",",
      description =
          "Service accounts whose VMs may do nothing on Pub/Sub, where tokens are required.")
  private @Nullable List<String> withoutRole;

  @Option(
      names = "--unbootable",
      paramLabel = "IMAGE",
      split = ",",
      description = "Images whose VMs are on and run nothing.")
  private @Nullable List<String> unbootable;

  @Option(
      names = "--pubsub-seek",
      paramLabel = "MS",
      description = "From the answer to a seek until it takes effect, in milliseconds.")
  private @Nullable Long pubsubSeek;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Draw the chances anew, from this seed.")
  private @Nullable Long seed;

  SetFaultsCommand(Programs programs) {
    super(programs);
  }

  @Override
  void check() {
    if (change().isEmpty()) {
      throw new ParameterException(spec().commandLine(), "Say what is to go wrong");
    }
  }

  @Override
  int run(CloudClient cloud) {
    print(JsonText.pretty(cloud.send("PATCH", "faults", JsonText.line(change()))));
    return 0;
  }

  private Map<String, Object> change() {
    Map<String, Object> change = new LinkedHashMap<>();
    put(change, "seed", seed);
    put(change, "stockedOutZones", stockOut);
    put(change, "unreachableZones", unreachable);
    put(change, "quotas", quotas);
    put(change, "requestsPerMinute", requestsPerMinute);
    put(change, "errorRate403", error403);
    put(change, "errorRate429", error429);
    put(change, "errorRate503", error503);
    put(change, "slowOperationsMillis", slowOperations);
    Map<String, Object> failing = new LinkedHashMap<>();
    put(failing, "rate", failOperations);
    put(failing, "code", failCode);
    put(failing, "types", failTypes);
    Map<String, Object> pubsub = new LinkedHashMap<>();
    put(pubsub, "delayMillis", pubsubDelay);
    put(pubsub, "duplicateRate", pubsubDuplicates);
    put(pubsub, "errorRate", pubsubErrors);
    put(pubsub, "unavailable", pubsubDown);
    put(pubsub, "seekMillis", pubsubSeek);
    put(change, "failingOperations", failing.isEmpty() ? null : failing);
    put(change, "pubsub", pubsub.isEmpty() ? null : pubsub);
    Map<String, Object> ofProject = project.members();
    put(change, "project", ofProject.isEmpty() ? null : ofProject);
    put(change, "cuttableNetworks", cuttable);
    put(change, "probesCut", probesCut);
    put(change, "accountsWithoutRole", withoutRole);
    put(change, "unbootableImages", unbootable);
    return change;
  }

  private static void put(Map<String, Object> into, String member, @Nullable Object value) {
    if (value != null) {
      into.put(member, value);
    }
  }
}
