package dev.podium.desktop.cli.profile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.desktop.cli.text.Table;
import dev.podium.desktop.program.Programs;
import dev.podium.fleet.config.CloudProfile;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `podium profile list`.
@Command(name = "list", description = "The profiles; the one that counts is marked.")
final class ProfileListCommand extends PrintingCommand {
  private final Programs programs;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      defaultValue = "table",
      description = "Form.")
  private Form form = Form.TABLE;

  ProfileListCommand(Programs programs) {
    this.programs = programs;
  }

  @Override
  public Integer call() {
    List<CloudProfile> all = programs.profiles().list();
    Optional<String> current = programs.profiles().current().map(CloudProfile::name);
    if (form == Form.JSON) {
      ArrayNode json = new ObjectMapper().createArrayNode();
      all.forEach(one -> json.add(ProfileText.json(one, is(one, current))));
      print(json.toPrettyString());
      return 0;
    }
    if (all.isEmpty()) {
      tell("There is no profile yet. Make one with 'podium profile create NAME --project ID'.");
      return 0;
    }
    List<List<String>> rows =
        all.stream()
            .map(
                one -> List.of(one.name(), one.project(), one.fleet(), is(one, current) ? "*" : ""))
            .toList();
    print(new Table(List.of("NAME", "PROJECT", "FLEET", "CURRENT"), rows).toString());
    return 0;
  }

  private static boolean is(CloudProfile profile, Optional<String> current) {
    return current.filter(profile.name()::equals).isPresent();
  }

  /// For people or for programs.
  enum Form {
    TABLE,
    JSON
  }
}
