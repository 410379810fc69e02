package dev.podium.fleet.admission;

import dev.podium.fleet.policy.PolicyInForce;
import dev.podium.fleet.policy.PolicyInForce.Standing;
import dev.podium.wire.chat.AgentMetadata;
import dev.podium.wire.invite.AccessCode;
import dev.podium.wire.model.PodiumException;
import java.util.Map;
import java.util.Optional;

/// The fleet's access code as its VMs are told it: the policy's. Beside it stands the revision of
/// the policy, because a VM is used for longer than a console runs. A console may come back with an
/// older policy, or start with none. It must not take away what another gave: it takes it over.
///
/// A VM that is told another code asks those who are in by the one before for it.
///
/// @param policy say the code in force
public record AccessCodes(PolicyInForce policy) {
  /// The code's metadata item; empty if the fleet has no code.
  String inForce() {
    return item(policy.standing());
  }

  /// What a new VM is told.
  Map<String, String> forNewVm() {
    Standing now = policy.standing();
    return item(now).isEmpty() ? Map.of() : told(now);
  }

  /// What a VM is yet to be told; nothing where no console ever set a code, for somebody may have
  /// done so by hand.
  ///
  /// @param there the VM's metadata
  Map<String, String> missing(Map<String, String> there) {
    Standing now = policy.standing();
    String item = item(now);
    boolean unheardOf = item.isEmpty() && !there.containsKey(AgentMetadata.ACCESS_CODE_REVISION);
    boolean newer = revision(there) > now.codeRevision();
    boolean same = item.equals(there.getOrDefault(AgentMetadata.ACCESS_CODE, ""));
    return unheardOf || newer || same ? Map.of() : told(now);
  }

  /// Takes over what the VM was told by a console with a newer policy.
  ///
  /// @param there the VM's metadata
  /// @throws PodiumException if it cannot be kept
  void learn(Map<String, String> there) {
    String item = there.getOrDefault(AgentMetadata.ACCESS_CODE, "").strip();
    if (item.isEmpty() || AccessCode.isItem(item)) {
      policy.learnCode(
          Optional.of(item).filter(text -> !text.isEmpty()).map(AccessCode::parse),
          revision(there));
    }
  }

  private static Map<String, String> told(Standing now) {
    return Map.of(
        AgentMetadata.ACCESS_CODE,
        item(now),
        AgentMetadata.ACCESS_CODE_REVISION,
        Long.toString(now.codeRevision()));
  }

  private static String item(Standing standing) {
    return standing.policy().accessCode().map(AccessCode::item).orElse("");
  }

  /// -1 if it says none that can be.
  private static long revision(Map<String, String> there) {
    String text = there.getOrDefault(AgentMetadata.ACCESS_CODE_REVISION, "");
    return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : -1;
  }
}
