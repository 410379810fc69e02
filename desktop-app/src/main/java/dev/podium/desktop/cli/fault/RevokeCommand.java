package dev.podium.desktop.cli.fault;

import dev.podium.desktop.cli.client.CloudClient;
import dev.podium.desktop.cli.text.JsonText;
import dev.podium.desktop.program.Programs;
import dev.podium.wire.text.CountText;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `podium local-cloud fault revoke`.
@Command(
    name = "revoke",
    description = "Make access tokens worthless; people have to sign in again.")
final class RevokeCommand extends CloudCommand {
  @Parameters(
      paramLabel = "EMAIL",
      arity = "0..1",
      description = "Whose, a person's or a service account's; everybody's by default.")
  private @Nullable String email;

  RevokeCommand(Programs programs) {
    super(programs);
  }

  @Override
  int run(CloudClient cloud) {
    Map<String, String> whose = email == null ? Map.of() : Map.of("email", email);
    int count = cloud.send("POST", "tokens/revoke", JsonText.line(whose)).path("revoked").asInt();
    print(
        CountText.of(count, "access token")
            + CountText.choose(count, " was revoked.", " were revoked."));
    return 0;
  }
}
