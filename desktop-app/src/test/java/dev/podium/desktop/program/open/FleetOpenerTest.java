package dev.podium.desktop.program.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.invite.InviteKeys;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetOpenerTest {
  /// The texts tell when a key ends, to the second.
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-02T09:00:00Z"));

  @TempDir Path home;

  private String publicKeys(String profile, String project, String fleet) {
    CloudProfile cloud =
        CloudProfile.google(profile, project, fleet, Optional.empty(), Optional.empty());
    Path file = FleetOpener.inviteKeys(new PodiumFolders(home, home, home), cloud);
    return InviteKeys.open(file, CLOCK).publicKeys();
  }

  @Test
  void each_fleet_signs_its_invites_with_keys_of_its_own() {
    Set<String> keys =
        new HashSet<>(
            List.of(
                publicKeys("one", "project-1", "class-a"),
                publicKeys("one", "project-1", "class-b"),
                publicKeys("one", "project-2", "class-a"),
                publicKeys("one", "example.com:project-1", "class-a")));
    assertThat(keys).hasSize(4);
    assertThat(keys).contains(publicKeys("renamed", "project-1", "class-a"));
  }
}
