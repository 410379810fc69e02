package dev.podium.desktop;

import dev.podium.core.config.CloudProfile;
import dev.podium.core.config.PodiumFolders;
import dev.podium.core.config.PolicyFile;
import dev.podium.core.fleet.FleetPolicy;
import dev.podium.core.fleet.FleetRules;
import dev.podium.core.fleet.PolicyMember;
import dev.podium.core.fleet.RulesDraft;
import dev.podium.core.fleet.RulesInForce;
import dev.podium.core.health.HealthLimits;
import dev.podium.core.model.PodiumException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A fleet's rules from one start to the next. Only what differs from the defaults is saved, so
/// that a start with other limits keeps what the person chose and nothing else.
///
/// @param file where they are
record SavedRules(PolicyFile file) {
  private static final Logger LOG = LoggerFactory.getLogger(SavedRules.class);

  static SavedRules of(PodiumFolders folders, CloudProfile profile) {
    return new SavedRules(PolicyFile.of(folders, profile));
  }

  /// What was saved, in force from now on, and saved again at each change. A file that cannot be
  /// used is put aside, and said so in the log.
  ///
  /// @param limits what holds where nothing was saved
  RulesInForce open(HealthLimits limits) {
    RulesDraft usual =
        RulesDraft.of(new FleetRules(FleetPolicy.defaults(limits.use().idle()), limits));
    return new RulesInForce(read(usual, limits), rules -> write(usual, RulesDraft.of(rules)));
  }

  private FleetRules read(RulesDraft usual, HealthLimits limits) {
    try {
      Map<PolicyMember, String> texts = new EnumMap<>(PolicyMember.class);
      for (Map.Entry<String, String> saved : file.read().orElse(Map.of()).entrySet()) {
        texts.put(member(saved.getKey()), saved.getValue());
      }
      RulesDraft draft = usual.with(texts);
      Map<PolicyMember, String> faults = draft.faults(limits, java.util.Optional.empty());
      if (!faults.isEmpty()) {
        throw file.unusable(RulesDraft.refused(faults).sentence());
      }
      return draft.rules(limits);
    } catch (PodiumException.Invalid unusable) {
      LOG.warn("{}. {} The usual policy is in force.", unusable.sentence(), unusable.remedy());
      return usual.rules(limits);
    }
  }

  private PolicyMember member(String key) {
    for (PolicyMember member : PolicyMember.values()) {
      if (key(member).equals(key)) {
        return member;
      }
    }
    throw file.unusable("it has a member '" + key + "', which this release does not know");
  }

  private void write(RulesDraft usual, RulesDraft rules) {
    Map<String, String> texts = new TreeMap<>();
    for (PolicyMember member : PolicyMember.values()) {
      if (!rules.text(member).equals(usual.text(member))) {
        texts.put(key(member), rules.text(member));
      }
    }
    file.write(texts);
  }

  private static String key(PolicyMember member) {
    return member.name().toLowerCase(Locale.ROOT);
  }
}
