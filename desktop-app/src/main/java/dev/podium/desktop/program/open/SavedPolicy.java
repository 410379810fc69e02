package dev.podium.desktop.program.open;

import dev.podium.fleet.config.CloudProfile;
import dev.podium.fleet.config.PodiumFolders;
import dev.podium.fleet.config.PolicyFile;
import dev.podium.fleet.config.VmDefaults;
import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.policy.FleetPolicy;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyInForce;
import dev.podium.fleet.policy.PolicyInForce.Revisions;
import dev.podium.fleet.policy.PolicyMember;
import dev.podium.fleet.policy.ScalingPolicy;
import dev.podium.wire.model.PodiumException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A fleet's policy from one start to the next. Only what differs from the defaults is saved, so
/// that a start with other limits keeps what the person chose and nothing else.
///
/// @param file where it is
/// @param defaults what the profile says of a policy that says nothing itself
public record SavedPolicy(PolicyFile file, VmDefaults defaults) {
  /// Beside the members: how often the fleet's policy was changed.
  private static final String REVISION = "revision";

  /// The highest revision that the console knows of, where it is not that of the saved policy.
  private static final String HIGHEST = "highest_revision";

  private static final Logger LOG = LoggerFactory.getLogger(SavedPolicy.class);

  /// That of the profile's fleet.
  public static SavedPolicy of(PodiumFolders folders, CloudProfile profile) {
    return new SavedPolicy(PolicyFile.of(folders, profile), profile.defaults());
  }

  /// What was saved, in force from now on, and saved again at each change. A file that cannot be
  /// used is put aside, and said so in the log.
  ///
  /// @param limits what holds where nothing was saved
  public PolicyInForce open(HealthLimits limits) {
    PolicyDraft usual = usual(limits);
    PolicyInForce.Store store = store(limits);
    try {
      Map<String, String> saved = new TreeMap<>(file.read().orElse(Map.of()));
      long highest = number(saved.remove(HIGHEST), 0);
      long inForce = number(saved.get(REVISION), saved.isEmpty() ? 0 : 1);
      saved.remove(REVISION);
      Revisions revisions = new Revisions(inForce, Math.max(inForce, highest));
      return new PolicyInForce(policy(saved, usual, limits), revisions, store);
    } catch (PodiumException.Invalid unusable) {
      LOG.warn("{}. {} The usual policy is in force.", unusable.sentence(), unusable.remedy());
      return new PolicyInForce(usual.toPolicy(limits), 0, store);
    }
  }

  /// Saves a policy where [#open] with the same limits finds it.
  PolicyInForce.Store store(HealthLimits limits) {
    PolicyDraft usual = usual(limits);
    return (policy, revisions) -> write(usual, PolicyDraft.of(policy), revisions);
  }

  private PolicyDraft usual(HealthLimits limits) {
    Map<PolicyMember, String> said = new EnumMap<>(PolicyMember.class);
    if (!defaults.places().isEmpty()) {
      said.put(PolicyMember.ZONES, String.join(", ", defaults.places()));
    }
    defaults.image().ifPresent(image -> said.put(PolicyMember.IMAGE, image));
    return PolicyDraft.of(new FleetPolicy(ScalingPolicy.defaults(limits.use().idle()), limits))
        .with(said);
  }

  /// @param usual where the file does not say: what a person wrote into it counts as one change
  private long number(@Nullable String text, long usual) {
    if (text == null) {
      return usual;
    }
    try {
      return Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw file.unusable("its revision is '" + text + "', which is no number");
    }
  }

  private FleetPolicy policy(Map<String, String> saved, PolicyDraft usual, HealthLimits limits) {
    Map<PolicyMember, String> texts = new EnumMap<>(PolicyMember.class);
    saved.forEach((name, text) -> texts.put(member(name), text));
    PolicyDraft draft = usual.with(texts);
    Map<PolicyMember, String> faults = draft.faults(limits, Optional.empty());
    if (!faults.isEmpty()) {
      throw file.unusable(PolicyDraft.refused(faults).sentence());
    }
    return draft.toPolicy(limits);
  }

  private PolicyMember member(String key) {
    for (PolicyMember member : PolicyMember.values()) {
      if (member.key().equals(key)) {
        return member;
      }
    }
    throw file.unusable("it has a member '" + key + "', which this release does not know");
  }

  private void write(PolicyDraft usual, PolicyDraft policy, Revisions revisions) {
    Map<String, String> texts = policy.named();
    texts.entrySet().removeAll(usual.named().entrySet());
    texts.put(REVISION, Long.toString(revisions.inForce()));
    if (revisions.highest() > revisions.inForce()) {
      texts.put(HIGHEST, Long.toString(revisions.highest()));
    }
    file.write(texts);
  }
}
