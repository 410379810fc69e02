package dev.podium.desktop.cli.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is not as it should be with the project itself, as options.
final class ProjectFaultOptions {
  @Option(
      names = "--deny",
      paramLabel = "WHO=PERMISSION",
      description =
          "Take a permission away, such as ann@example.org=compute.instances.create; *: all.")
  private @Nullable List<String> denied;

  @Option(
      names = "--api-off",
      paramLabel = "SERVICE",
      split = ",",
      description = "Switch APIs off, such as pubsub.googleapis.com.")
  private @Nullable List<String> disabledApis;

  @Option(
      names = "--billing-off",
      negatable = true,
      description = "Let nobody pay for the project; or somebody again.")
  private @Nullable Boolean billingOff;

  @Option(
      names = "--org-policy",
      paramLabel = "CONSTRAINT[=VALUE]",
      description =
          "Put a policy of the organisation in force, such as"
              + " constraints/compute.vmExternalIpAccess; VALUE is what it allows.")
  private @Nullable List<String> orgPolicies;

  @Option(
      names = "--network",
      paramLabel = "there|missing|young",
      description = "How the default network is; a young one refuses one VM and is there then.")
  private @Nullable String network;

  @Option(
      names = "--default-account",
      paramLabel = "there|missing|disabled|without-role",
      description = "How the account is that VMs run as.")
  private @Nullable String defaultAccount;

  /// The members that are to change; none if nothing was said.
  Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    put(members, "denied", denied == null ? null : lists(denied));
    put(members, "disabledApis", disabledApis);
    put(members, "billingOff", billingOff);
    put(members, "orgPolicies", orgPolicies == null ? null : lists(orgPolicies));
    put(members, "network", network == null ? null : word(network));
    put(members, "defaultAccount", defaultAccount == null ? null : word(defaultAccount));
    return members;
  }

  /// `NAME=VALUE` several times is one list for each name.
  private static Map<String, List<String>> lists(List<String> texts) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      List<String> values =
          lists.computeIfAbsent(
              equals < 0 ? text : text.substring(0, equals), _ -> new ArrayList<>());
      if (equals >= 0) {
        values.add(text.substring(equals + 1));
      }
    }
    return lists;
  }

  private static String word(String text) {
    return text.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static void put(Map<String, Object> into, String member, @Nullable Object value) {
    if (value != null) {
      into.put(member, value);
    }
  }
}
