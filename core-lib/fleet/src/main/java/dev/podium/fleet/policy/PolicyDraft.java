package dev.podium.fleet.policy;

import static dev.podium.fleet.policy.PolicyMember.*;

import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.policy.ScalingPolicy.Provisioning;
import dev.podium.wire.invite.AccessCode;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A fleet's policy as somebody wrote it, each member a text that may be wrong. The window's form,
/// the command line, the API and the file all come through here, so that they refuse the same with
/// the same words.
///
/// @param texts by member; one that is missing counts as empty
public record PolicyDraft(Map<PolicyMember, String> texts) {
  public PolicyDraft {
    texts = Map.copyOf(texts);
  }

  /// The policy in writing.
  public static PolicyDraft of(FleetPolicy policy) {
    ScalingPolicy scaling = policy.scaling();
    HealthLimits.Silence silence = policy.limits().silence();
    Map<PolicyMember, String> texts = new EnumMap<>(PolicyMember.class);
    texts.put(MINIMUM, "" + scaling.minimum());
    texts.put(MAXIMUM, "" + scaling.maximum());
    texts.put(SEATS, "" + scaling.seats());
    texts.put(SPARE, "" + scaling.spare());
    texts.put(IDLE, DurationText.exact(scaling.idle()));
    texts.put(ZONES, String.join(", ", scaling.zones()));
    texts.put(MACHINE_TYPE, scaling.machineType());
    texts.put(IMAGE, scaling.image());
    texts.put(PROVISIONING, scaling.provisioning().name());
    texts.put(RUN_LIMIT, DurationText.exact(scaling.runLimit()));
    texts.put(HOURLY_BUDGET, dollars(scaling.hourlyBudget()));
    texts.put(TOTAL_BUDGET, dollars(scaling.totalBudget()));
    texts.put(ACCESS_CODE, policy.accessCode().map(AccessCode::item).orElse(""));
    texts.put(SUSPECT, DurationText.exact(silence.suspect()));
    texts.put(UNREACHABLE, DurationText.exact(silence.unreachable()));
    texts.put(CONDEMNED, DurationText.exact(silence.condemned()));
    texts.put(BOOT, DurationText.exact(silence.boot()));
    texts.put(BROKEN, DurationText.exact(silence.broken()));
    texts.put(STOPPED, DurationText.exact(silence.stopped()));
    texts.put(USE_WINDOW, DurationText.exact(policy.limits().use().window()));
    return new PolicyDraft(texts);
  }

  /// This draft with other texts for some members.
  public PolicyDraft with(Map<PolicyMember, String> changes) {
    Map<PolicyMember, String> all = new EnumMap<>(PolicyMember.class);
    all.putAll(texts);
    all.putAll(changes);
    return new PolicyDraft(all);
  }

  /// This draft as people see it: of an access code only that there is one.
  public PolicyDraft shown() {
    return AccessCode.isItem(text(ACCESS_CODE)) ? with(Map.of(ACCESS_CODE, Code.KEPT)) : this;
  }

  /// This draft with the access code of that policy, if it says that it is to stay.
  public PolicyDraft completed(FleetPolicy before) {
    return text(ACCESS_CODE).strip().equals(Code.KEPT)
        ? with(Map.of(ACCESS_CODE, of(before).text(ACCESS_CODE)))
        : this;
  }

  /// What was written for the member.
  public String text(PolicyMember member) {
    return texts.getOrDefault(member, "");
  }

  /// What is wrong, by member, in a sentence each; empty if nothing is.
  ///
  /// @param least limits that the draft does not hold, which others may not undercut
  /// @param offer what the cloud has; without it zones and machine types are taken on trust
  public Map<PolicyMember, String> faults(HealthLimits least, Optional<AvailableMachines> offer) {
    Map<PolicyMember, String> faults = new EnumMap<>(PolicyMember.class);
    for (PolicyMember member : PolicyMember.values()) {
      member.form().fault(text(member)).ifPresent(fault -> faults.put(member, fault));
    }
    inOrder(faults, MINIMUM, MAXIMUM);
    if (!faults.containsKey(SUSPECT) && span(SUSPECT).compareTo(least.silence().late()) < 0) {
      faults.put(
          SUSPECT,
          "At least "
              + DurationText.exact(least.silence().late())
              + ": a heartbeat is not late before.");
    }
    inOrder(faults, SUSPECT, UNREACHABLE);
    inOrder(faults, UNREACHABLE, CONDEMNED);
    offer.ifPresent(known -> checkPlaces(faults, known));
    return faults;
  }

  private void inOrder(Map<PolicyMember, String> faults, PolicyMember less, PolicyMember more) {
    if (faults.containsKey(less) || faults.containsKey(more)) {
      return;
    }
    boolean wrong =
        less == MINIMUM ? number(less) > number(more) : span(less).compareTo(span(more)) > 0;
    if (wrong) {
      faults.put(
          less,
          "The %s is over the %s of %s.".formatted(less.words(), more.words(), text(more).strip()));
    }
  }

  private void checkPlaces(Map<PolicyMember, String> faults, AvailableMachines offer) {
    if (faults.containsKey(ZONES)) {
      return;
    }
    List<String> unknown = zones().stream().filter(zone -> !offer.zones().contains(zone)).toList();
    if (!unknown.isEmpty()) {
      faults.put(
          ZONES,
          "There is no zone %s; there are %s."
              .formatted(String.join(", ", unknown), String.join(", ", offer.zones())));
      return;
    }
    String type = text(MACHINE_TYPE).strip();
    List<String> without =
        zones().stream()
            .filter(zone -> offer.types().containsKey(zone) && !offer.has(zone, type))
            .toList();
    if (!faults.containsKey(MACHINE_TYPE) && !without.isEmpty()) {
      faults.put(MACHINE_TYPE, "There is no %s in %s.".formatted(type, String.join(", ", without)));
    }
  }

  /// The policy that a draft without faults stands for.
  ///
  /// @param base where limits come from that a draft does not hold
  /// @throws PodiumException.Invalid if there are faults, naming all of them
  public FleetPolicy toPolicy(HealthLimits base) {
    Map<PolicyMember, String> faults = faults(base, Optional.empty());
    if (!faults.isEmpty()) {
      throw refused(faults);
    }
    return new FleetPolicy(scaling(), limits(base), accessCode());
  }

  private ScalingPolicy scaling() {
    return new ScalingPolicy(
        number(MINIMUM),
        number(MAXIMUM),
        number(SEATS),
        number(SPARE),
        span(IDLE),
        zones(),
        text(MACHINE_TYPE).strip(),
        text(IMAGE).strip(),
        provisioning(text(PROVISIONING)).orElseThrow(),
        span(RUN_LIMIT),
        amount(HOURLY_BUDGET),
        amount(TOTAL_BUDGET));
  }

  private Optional<AccessCode> accessCode() {
    String text = text(ACCESS_CODE).strip();
    if (text.isEmpty() || text.equals(Code.KEPT)) {
      return Optional.empty();
    }
    return Optional.of(AccessCode.isItem(text) ? AccessCode.parse(text) : AccessCode.of(text));
  }

  private HealthLimits limits(HealthLimits base) {
    HealthLimits.Silence silence = base.silence();
    HealthLimits.Use use = base.use();
    return new HealthLimits(
        base.watching(),
        new HealthLimits.Silence(
            silence.late(),
            span(SUSPECT),
            span(UNREACHABLE),
            silence.failedProbes(),
            span(CONDEMNED),
            silence.signsToReturn(),
            span(BOOT),
            span(BROKEN),
            span(STOPPED)),
        new HealthLimits.Use(
            span(USE_WINDOW),
            use.emptyHeartbeats(),
            span(IDLE),
            use.minimumAge(),
            use.drainAnswer(),
            use.drainRetry(),
            use.condemnedInUse()),
        base.observer(),
        base.ends());
  }

  /// All faults as one failure, for whoever has no fields to show them at.
  public static PodiumException.Invalid refused(Map<PolicyMember, String> faults) {
    return new PodiumException.Invalid(
        "The fleet's rules cannot be used",
        faults.entrySet().stream()
            .map(fault -> fault.getKey().json() + ": " + fault.getValue())
            .collect(Collectors.joining(" ")),
        "Correct what is named.");
  }

  /// What another draft would change, as parts of a sentence: `maximum 10 → 20`. Of an access code
  /// it says no more than that.
  public List<String> changes(PolicyDraft to) {
    return Arrays.stream(PolicyMember.values())
        .filter(member -> !text(member).equals(to.text(member)))
        .map(member -> change(member, to))
        .toList();
  }

  private String change(PolicyMember member, PolicyDraft to) {
    if (member == ACCESS_CODE) {
      // Whoever reads the activity need not know it, and its hash is half of it.
      return member.words() + (to.text(member).isBlank() ? " removed" : " changed");
    }
    return "%s %s → %s".formatted(member.words(), text(member), to.text(member));
  }

  /// The texts by name, as another console or a file is told them, in a map of the caller's own.
  public Map<String, String> named() {
    Map<String, String> named = new TreeMap<>();
    texts.forEach((member, text) -> named.put(member.key(), text));
    return named;
  }

  /// This draft with what [#named] gave, here or on another console; what this release does not
  /// know is left out.
  public PolicyDraft withNamed(Map<String, String> named) {
    Map<PolicyMember, String> known = new EnumMap<>(PolicyMember.class);
    for (PolicyMember member : PolicyMember.values()) {
      String text = named.get(member.key());
      if (text != null) {
        known.put(member, text);
      }
    }
    return with(known);
  }

  /// All of it in one text; equal drafts have equal ones.
  String sorted() {
    return named().toString();
  }

  /// The zones as they are named, in order.
  public List<String> zones() {
    return names(text(ZONES));
  }

  private int number(PolicyMember member) {
    return Integer.parseInt(text(member).strip());
  }

  private Duration span(PolicyMember member) {
    return DurationText.parse(text(member)).orElseThrow();
  }

  private double amount(PolicyMember member) {
    return text(member).isBlank() ? 0 : Double.parseDouble(text(member).strip());
  }

  private static String dollars(double amount) {
    return BigDecimal.valueOf(amount).stripTrailingZeros().toPlainString();
  }

  static List<String> names(String text) {
    return Arrays.stream(text.split("[,\\s]+")).filter(name -> !name.isEmpty()).distinct().toList();
  }

  static Optional<Provisioning> provisioning(String text) {
    String wanted = text.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    return Arrays.stream(Provisioning.values())
        .filter(choice -> choice.name().equals(wanted))
        .findFirst();
  }
}
