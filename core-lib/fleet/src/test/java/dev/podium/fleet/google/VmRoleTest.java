package dev.podium.fleet.google;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class VmRoleTest {
  private static final Path ROOT = Path.of("..", "..");

  @Test
  void the_file_that_people_use_is_this_role() throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("installer/google/podium-vm-role.yaml"));
    assertThat(lines).contains("title: " + VmRole.TITLE);
    assertThat(lines.stream().filter(line -> line.startsWith("- ")))
        .containsExactlyElementsOf(
            VmRole.PERMISSIONS.stream().map(permission -> "- " + permission).toList());
    assertThat(String.join("\n", lines)).contains("gcloud iam roles create " + VmRole.ID + " ");
  }

  @Test
  void the_readme_says_how_to_make_it_and_to_give_it() throws IOException {
    assertThat(Files.readString(ROOT.resolve("README.md")))
        .contains("gcloud iam roles create " + VmRole.ID + " ")
        .contains("installer/google/podium-vm-role.yaml")
        .contains("/roles/" + VmRole.ID);
  }

  @Test
  void a_vm_cannot_make_change_or_delete_a_topic() {
    assertThat(VmRole.PERMISSIONS)
        .isSorted()
        .doesNotContain(
            "pubsub.topics.create",
            "pubsub.topics.update",
            "pubsub.topics.delete",
            "pubsub.topics.detachSubscription",
            "pubsub.subscriptions.update");
  }
}
