package dev.podium.desktop;

import dev.podium.core.config.CloudProfile;
import dev.podium.core.config.PodiumFolders;
import dev.podium.core.config.PolicyFile;
import dev.podium.core.fleet.FleetPolicy;
import dev.podium.core.fleet.FleetRules;
import dev.podium.core.fleet.PolicyMember;
import dev.podium.core.fleet.RulesDraft;
import dev.podium.core.fleet.RulesInForce;
import dev.podium.core.fleet.RulesInForce.Revisions;
import dev.podium.core.health.HealthLimits;
import dev.podium.core.model.PodiumException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A fleet's rules from one start to the next. Only what differs from the defaults is saved, so
/// that a start with other limits keeps what the person chose and nothing else.
///
/// @param file where they are
record SavedRules(PolicyFile file) {
  /// Beside the members: how often the fleet's rules were changed.
  private static final String REVISION = "revision";

  /// The highest revision that the console knows of, where it is not that of the saved rules.
  private static final String HIGHEST = "highest_revision";

  private static final Logger LOG = LoggerFactory.getLogger(SavedRules.class);

  static SavedRules of(PodiumFolders folders, CloudProfile profile) {
    return new SavedRules(PolicyFile.of(folders, profile));
  }

  /// What was saved, in force from now on, and saved again at each change. A file that cannot be
  /// used is put aside, and said so in the log.
  ///
  /// @param limits what holds where nothing was saved
  RulesInForce open(HealthLimits limits) {
    RulesDraft usual = usual(limits);
    RulesInForce.Keeper keeper = keeper(limits);
    try {
      Map<String, String> saved = new TreeMap<>(file.read().orElse(Map.of()));
      long highest = number(saved.remove(HIGHEST), 0);
      long inForce = number(saved.get(REVISION), saved.isEmpty() ? 0 : 1);
      saved.remove(REVISION);
      Revisions revisions = new Revisions(inForce, Math.max(inForce, highest));
      return new RulesInForce(rules(saved, usual, limits), revisions, keeper);
    } catch (PodiumException.Invalid unusable) {
      LOG.warn("{}. {} The usual policy is in force.", unusable.sentence(), unusable.remedy());
      return new RulesInForce(usual.rules(limits), 0, keeper);
    }
  }

  /// Saves rules where [#open] with the same limits finds them.
  RulesInForce.Keeper keeper(HealthLimits limits) {
    RulesDraft usual = usual(limits);
    return (rules, revisions) -> write(usual, RulesDraft.of(rules), revisions);
  }

  private static RulesDraft usual(HealthLimits limits) {
    return RulesDraft.of(new FleetRules(FleetPolicy.defaults(limits.use().idle()), limits));
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

  private FleetRules rules(Map<String, String> saved, RulesDraft usual, HealthLimits limits) {
    Map<PolicyMember, String> texts = new EnumMap<>(PolicyMember.class);
    saved.forEach((name, text) -> texts.put(member(name), text));
    RulesDraft draft = usual.with(texts);
    Map<PolicyMember, String> faults = draft.faults(limits, Optional.empty());
    if (!faults.isEmpty()) {
      throw file.unusable(RulesDraft.refused(faults).sentence());
    }
    return draft.rules(limits);
  }

  private PolicyMember member(String key) {
    for (PolicyMember member : PolicyMember.values()) {
      if (member.key().equals(key)) {
        return member;
      }
    }
    throw file.unusable("it has a member '" + key + "', which this release does not know");
  }

  private void write(RulesDraft usual, RulesDraft rules, Revisions revisions) {
    Map<String, String> texts = rules.named();
    texts.entrySet().removeAll(usual.named().entrySet());
    texts.put(REVISION, Long.toString(revisions.inForce()));
    if (revisions.highest() > revisions.inForce()) {
      texts.put(HIGHEST, Long.toString(revisions.highest()));
    }
    file.write(texts);
  }
}
