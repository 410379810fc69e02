package dev.podium.localcloud.state.project;

import java.util.Set;

/// A part of the project's policy: who has a role.
///
/// @param role its name
/// @param members such as `user:ann@example.org`
public record Binding(String role, Set<String> members) {
  public Binding {
    members = Set.copyOf(members);
  }
}
