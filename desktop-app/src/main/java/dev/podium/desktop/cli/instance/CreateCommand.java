package dev.podium.desktop.cli.instance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.desktop.cli.client.ApiClient;
import dev.podium.desktop.cli.fleet.FleetCommand;
import dev.podium.desktop.cli.text.FailedVms;
import dev.podium.desktop.cli.text.InstanceRow;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `podium instances create`.
@Command(
    name = "create",
    description = "Create VMs and wait until people can chat on them.",
    footer = {"", "Exit code 1 if any of them could not be made; those that could be made stay."})
public final class CreateCommand extends FleetCommand {
  @Option(names = "--count", paramLabel = "N", description = "How many; 1 by default.")
  private @Nullable Integer count;

  @Option(
      names = "--prefix",
      paramLabel = "NAME",
      description = "The VMs are NAME-1, NAME-2, …; numbers in use are skipped.")
  private @Nullable String prefix;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      split = ",",
      description = "Zones in order of preference.")
  private @Nullable List<String> zones;

  @Option(names = "--machine-type", paramLabel = "TYPE", description = "Such as e2-small.")
  private @Nullable String machineType;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "Image or family, such as global/images/family/podium-agent.")
  private @Nullable String image;

  @Option(names = "--seats", paramLabel = "N", description = "People a VM has room for.")
  private @Nullable Integer seats;

  @Option(names = "--spot", description = "Cheaper VMs that the cloud may take back.")
  private boolean spot;

  @Option(
      names = "--hours",
      paramLabel = "H",
      description = "After which the cloud itself deletes them; 8 by default.")
  private @Nullable Double hours;

  @Option(names = "--no-wait", description = "Return once the cloud has accepted them.")
  private boolean noWait;

  public CreateCommand(Programs programs, Shutdown shutdown) {
    super(programs, shutdown);
  }

  @Override
  protected void checkUsage() {
    if (count != null && count < 1) {
      throw new ParameterException(
          spec().commandLine(), "--count " + count + " is not a number of VMs: 1 or more");
    }
  }

  @Override
  public int run(ApiClient api) {
    JsonNode answer = api.post("v1/instances" + (noWait ? "" : "?wait=ready"), body());
    JsonNode instances = answer.path("instances");
    print(answer, instances, InstanceRow.table(instances), InstanceRow.csv(instances));
    JsonNode failures = answer.path("failures");
    FailedVms.sentences(failures).forEach(this::complain);
    return failures.isEmpty() ? 0 : 1;
  }

  private Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    put(body, "count", count);
    put(body, "namePrefix", prefix);
    put(body, "zones", zones);
    put(body, "machineType", machineType);
    put(body, "image", image);
    put(body, "seats", seats);
    put(body, "spot", spot ? Boolean.TRUE : null);
    put(body, "runLimitSeconds", hours == null ? null : Math.round(hours * 3600));
    return body;
  }

  private static void put(Map<String, Object> body, String field, @Nullable Object value) {
    if (value != null) {
      body.put(field, value);
    }
  }
}
