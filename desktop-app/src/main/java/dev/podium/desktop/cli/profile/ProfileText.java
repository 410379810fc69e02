package dev.podium.desktop.cli.profile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.MachineSettings;
import dev.podium.fleet.config.Profiles;
import dev.podium.fleet.config.VmDefaults;
import java.util.LinkedHashMap;
import java.util.Map;

/// A profile for people and for scripts; without the OAuth client's secret.
final class ProfileText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ProfileText() {}

  /// What a person reads, by what each is called; empty texts for what is Google's default.
  static Map<String, String> lines(CloudProfile profile) {
    MachineSettings machines = profile.machines();
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("name", profile.name());
    lines.put("project", profile.project());
    lines.put("fleet", profile.fleet());
    lines.put("network", machines.networkPath().orElse("the subnet's own"));
    lines.put("subnet", machines.subnet().orElse("the network's own in the VM's region"));
    lines.put("external address", machines.externalAddress() ? "yes" : "no");
    lines.put("service account", machines.serviceAccount().orElse("the project's default"));
    lines.put("scopes", String.join(" ", machines.scopes()));
    lines.put("network tags", String.join(" ", machines.tags()));
    lines.put("Secure Boot", machines.secureBoot() ? "yes" : "no");
    lines.put("zones", zones(profile.defaults()));
    lines.put("image", profile.defaults().image().orElse("the policy's"));
    lines.put("disk type", profile.defaults().diskType().orElse("what suits the machine type"));
    lines.put("port", profile.defaults().port().map(String::valueOf).orElse("8080"));
    lines.put(
        "OAuth client", profile.oauthClientId().orElse("none: nobody can sign in by browser"));
    return lines;
  }

  static ObjectNode json(CloudProfile profile, boolean current) {
    ObjectNode json = JSON.createObjectNode();
    json.put("name", profile.name())
        .put("project", profile.project())
        .put("fleet", profile.fleet())
        .put("current", current);
    Profiles.write(profile.machines(), json);
    Profiles.write(profile.defaults(), json);
    profile.oauthClientId().ifPresent(value -> json.put("oauthClientId", value));
    return json;
  }

  private static String zones(VmDefaults defaults) {
    return defaults.places().isEmpty() ? "the policy's" : String.join(" ", defaults.places());
  }
}
