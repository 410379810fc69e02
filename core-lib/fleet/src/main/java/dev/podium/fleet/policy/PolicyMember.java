package dev.podium.fleet.policy;

import dev.podium.wire.invite.AccessCode;
import dev.podium.wire.text.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// A member of the policy by which a fleet is run, with the range that it may have. Texts come from
/// a form, a command line or a file; each is checked by itself here, and against the others by
/// [PolicyDraft].
public enum PolicyMember {
  /// VMs that stay although nobody uses them.
  MINIMUM("minimum", new Count(0, 1_000)),
  /// VMs that Podium creates by itself at most.
  MAXIMUM("maximum", new Count(1, 1_000)),
  /// People a VM has room for.
  SEATS("seats", new Count(1, 10_000)),
  /// Free seats to keep ready.
  SPARE("spare", new Count(0, 100_000)),
  /// How long nobody may use a VM before it is drained.
  IDLE("idleSeconds", new Span(Duration.ofSeconds(5), Duration.ofDays(30), "30 min")),
  /// In order of preference.
  ZONES("zones", new Names()),
  /// Short name.
  MACHINE_TYPE("machineType", new Name("a machine type", "e2-small")),
  /// Partial URL of an image or family.
  IMAGE("image", new Name("an image or family", "global/images/family/podium-agent")),
  /// Spot, standard, or one after the other.
  PROVISIONING("provisioning", new Choice()),
  /// After which the cloud itself ends a VM.
  RUN_LIMIT("runLimitSeconds", new Span(Duration.ofSeconds(30), Duration.ofDays(120), "8 h")),
  /// US dollars an hour that the fleet may cost.
  HOURLY_BUDGET("hourlyBudget", new Dollars()),
  /// US dollars that the fleet may cost in all, from one start of the console to the next.
  TOTAL_BUDGET("totalBudget", new Dollars()),
  /// Lets in who has no invite; nothing lets in nobody.
  ACCESS_CODE("accessCode", new Code()),
  /// Without a heartbeat for so long, a VM is suspect.
  SUSPECT("suspectSeconds", new Span(Duration.ofSeconds(1), Duration.ofHours(1), "20 s")),
  /// Without any sign for so long, a VM is unreachable.
  UNREACHABLE("unreachableSeconds", new Span(Duration.ofSeconds(1), Duration.ofHours(6), "60 s")),
  /// Without any sign for so long, a VM is condemned.
  CONDEMNED("condemnedSeconds", new Span(Duration.ofSeconds(1), Duration.ofDays(1), "3 min")),
  /// How long a new VM may take until it is ready.
  BOOT("bootSeconds", new Span(Duration.ofSeconds(5), Duration.ofDays(1), "10 min")),
  /// How long an agent's check of itself may fail.
  BROKEN("brokenSeconds", new Span(Duration.ofSeconds(1), Duration.ofDays(1), "5 min")),
  /// After which a machine that is off is removed.
  STOPPED("stoppedSeconds", new Span(Duration.ofSeconds(1), Duration.ofDays(30), "10 min")),
  /// After which a person who does nothing is a forgotten tab.
  USE_WINDOW("useWindowSeconds", new Span(Duration.ofMinutes(1), Duration.ofDays(1), "30 min"));

  /// Its name in a saved policy and between consoles, where [#json] would say a unit that the text
  /// brings along.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What a member's text must be.
  public sealed interface Form {
    /// What is wrong with the text, as a sentence; nothing if it is right.
    Optional<String> fault(String text);
  }

  /// A whole number.
  public record Count(int least, int most) implements Form {
    @Override
    public Optional<String> fault(String text) {
      String range = String.format(Locale.ROOT, "A whole number from %,d to %,d.", least, most);
      try {
        int value = Integer.parseInt(text.strip());
        return value >= least && value <= most ? Optional.empty() : Optional.of(range);
      } catch (NumberFormatException noNumber) {
        return Optional.of(range);
      }
    }
  }

  /// A length of time with its unit.
  public record Span(Duration least, Duration most, String example) implements Form {
    @Override
    public Optional<String> fault(String text) {
      return DurationText.parse(text)
              .filter(span -> span.compareTo(least) >= 0 && span.compareTo(most) <= 0)
              .isPresent()
          ? Optional.empty()
          : Optional.of(
              "A time from %s to %s, such as %s."
                  .formatted(DurationText.exact(least), DurationText.exact(most), example));
    }
  }

  /// US dollars; nothing, or 0, sets no limit.
  public record Dollars() implements Form {
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

    @Override
    public Optional<String> fault(String text) {
      try {
        // Not as a double, which Java also reads from "5d" and "0x1p3".
        BigDecimal value = text.isBlank() ? BigDecimal.ZERO : new BigDecimal(text.strip());
        if (value.signum() >= 0 && value.compareTo(MOST) <= 0) {
          return Optional.empty();
        }
      } catch (NumberFormatException noNumber) {
        // The sentence below says what a number would be.
      }
      return Optional.of("Dollars from 0 to 1,000,000; 0 sets no limit.");
    }
  }

  /// One name of the cloud's.
  public record Name(String what, String example) implements Form {
    @Override
    public Optional<String> fault(String text) {
      return text.isBlank() || text.strip().contains(" ")
          ? Optional.of("The name of " + what + ", such as " + example + ".")
          : Optional.empty();
    }
  }

  /// Names with commas between them.
  public record Names() implements Form {
    @Override
    public Optional<String> fault(String text) {
      return PolicyDraft.names(text).isEmpty()
          ? Optional.of("At least one zone, such as us-central1-a, us-central1-b.")
          : Optional.empty();
    }
  }

  /// A code that people type, its hash, or [#KEPT] for the one in force; nothing for none.
  public record Code() implements Form {
    /// Stands for the code in force where people see a policy: nobody is told it again.
    public static final String KEPT = "******";

    @Override
    public Optional<String> fault(String text) {
      String code = text.strip();
      if (code.isEmpty() || code.equals(KEPT) || AccessCode.isItem(code)) {
        return Optional.empty();
      }
      return code.contains(KEPT)
          ? Optional.of("Replace all of it, or leave " + KEPT + " as it is; empty for no code.")
          : AccessCode.fault(code);
    }
  }

  /// How the cloud lends its machines.
  public record Choice() implements Form {
    @Override
    public Optional<String> fault(String text) {
      return PolicyDraft.provisioning(text).isPresent()
          ? Optional.empty()
          : Optional.of("One of STANDARD, SPOT, SPOT_THEN_STANDARD.");
    }
  }

  private final String json;

  // Every form is a record of immutable members, which the checker cannot see through the
  // interface.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Form form;

  PolicyMember(String json, Form form) {
    this.json = json;
    this.form = form;
  }

  /// Its name in JSON. Members that are lengths of time end in `Seconds` there.
  public String json() {
    return json;
  }

  /// What its text must be.
  public Form form() {
    return form;
  }

  /// Its name in a sentence: `run limit`, `limit for unreachable`.
  public String words() {
    String words = name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return switch (this) {
      case SUSPECT, UNREACHABLE, CONDEMNED, BOOT, BROKEN, STOPPED -> "limit for " + words;
      default -> words;
    };
  }
}
