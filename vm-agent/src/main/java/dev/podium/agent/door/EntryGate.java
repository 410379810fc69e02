package dev.podium.agent.door;

import java.util.Optional;

/// Who may come in. Called on the chat loop: must not block.
@FunctionalInterface
public interface EntryGate {
  Decision admit(Credentials credentials);

  /// Whether an access code can open it now. Where there is none, none is asked for.
  default boolean takesCodes() {
    return false;
  }

  /// What somebody shows at the gate.
  sealed interface Credentials {
    /// A signed invite.
    record Token(String token) implements Credentials {}

    /// The class's access code.
    ///
    /// @param device the page's own secret: the same person on the same device stays the same
    ///   person
    record Code(String code, String name, String device) implements Credentials {}
  }

  /// What the gate decides.
  sealed interface Decision {
    /// @param id of the person, the same wherever and whenever they come in with this
    /// @param name as it is to be shown; empty if they choose it themselves
    /// @param room where they start if they name no other
    /// @param onlyHere whether other VMs of the fleet would refuse them
    /// @param pass what ends their stay
    record Admitted(String id, String name, Optional<String> room, boolean onlyHere, Pass pass)
        implements Decision {}

    /// @param error why, as the page is told
    /// @param sentence for the person
    record Refused(ChatError error, String sentence) implements Decision {}

    /// What was shown is good, on another VM of the fleet only. It is no failed attempt.
    ///
    /// @param vm the name of that VM
    /// @param sentence for the person
    record Elsewhere(String vm, String sentence) implements Decision {}

    /// What was shown was good until it was changed. Whoever knows that has guessed nothing, so it
    /// is no failed attempt: a class behind one router comes back at once with its old code.
    ///
    /// @param error why, as the page is told
    /// @param sentence for the person
    record Outdated(ChatError error, String sentence) implements Decision {}
  }
}
