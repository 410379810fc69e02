package dev.podium.fleet.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.wire.model.Labels;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImageInventoryTest {
  private static final String FAMILY = "podium-agent";

  private static DiskImage image(String name, String family, String label, String deprecation) {
    return new DiskImage(
        name,
        Optional.of(family).filter(text -> !text.isEmpty()),
        "X86_64",
        Instant.EPOCH,
        10,
        1,
        true,
        Optional.of(deprecation).filter(text -> !text.isEmpty()),
        label.isEmpty() ? Map.of() : Map.of(Labels.IMAGE, label),
        "",
        OptionalDouble.of(0));
  }

  private static ImageInventory inventory(Map<String, Set<String>> users) {
    return new ImageInventory(
        List.of(
            image("six", FAMILY, "published", "DEPRECATED"),
            image("five", FAMILY, "published", ""),
            image("four", FAMILY, "published", ""),
            image("three", FAMILY, "", "DEPRECATED"),
            image("two", "", "candidate", ""),
            image("one", FAMILY, "published", "DEPRECATED"),
            image("others", "debian-12", "", "")),
        users);
  }

  private static List<String> prunable(int keep, Map<String, Set<String>> users, String... named) {
    return inventory(users).prunable(FAMILY, keep, Set.of(named)).stream()
        .map(DiskImage::name)
        .toList();
  }

  @Test
  void the_newest_that_nobody_advises_against_is_current() {
    List<ImageInventory.Row> rows = inventory(Map.of("four", Set.of("a-1"))).rows(FAMILY);
    assertThat(rows)
        .extracting(row -> row.image().name() + " " + row.status())
        .containsExactly(
            "six DEPRECATED",
            "five CURRENT",
            "four OLDER",
            "three DEPRECATED",
            "two CANDIDATE",
            "one DEPRECATED");
    assertThat(rows.get(2).vms()).containsExactly("a-1");
  }

  @Test
  void what_a_vm_or_a_profile_uses_and_what_is_to_be_kept_is_not_pruned() {
    assertThat(prunable(2, Map.of())).containsExactly("six", "three", "two", "one");
    assertThat(prunable(1, Map.of())).containsExactly("six", "four", "three", "two", "one");
    assertThat(prunable(1, Map.of("three", Set.of("a-1")), "global/images/one"))
        .containsExactly("six", "four", "two");
  }
}
