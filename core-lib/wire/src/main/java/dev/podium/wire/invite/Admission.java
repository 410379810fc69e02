package dev.podium.wire.invite;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// What a VM says to an invite.
public sealed interface Admission {
  /// Whoever reads it may be anywhere: the zone stands beside the time.
  DateTimeFormatter ENDED =
      DateTimeFormatter.ofPattern("d MMMM, HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  /// Come in.
  ///
  /// @param keyId the key that signed it
  record Admitted(Invite invite, String keyId) implements Admission {}

  /// Stay out, for a reason that the page can show.
  sealed interface Refused extends Admission {
    /// The reason, one sentence for the participant, who knows of no signatures and no fleets. What
    /// to do about it says the page.
    default String sentence() {
      return switch (this) {
        case Malformed _ -> "This is not a whole invite: open the link exactly as you got it.";
        case UnknownKey _ -> "This invite was made with a key that is not good here, or no longer.";
        case Forged _ -> "This invite was changed on its way.";
        case Expired(Instant at) -> "This invite expired on " + ENDED.format(at) + ".";
        case WrongFleet(String fleet) -> "This invite is for another chat, '" + fleet + "'.";
        case WrongVm(String vm) -> "This invite is for the machine '" + vm + "' only.";
        case Revoked _ -> "This invite was taken back.";
      };
    }
  }

  /// It is no invite at all, or says what no console would.
  ///
  /// @param why in the words of whoever makes invites
  record Malformed(String why) implements Refused {}

  /// No present key has signed it: another fleet's did, or one that was rotated away.
  record UnknownKey(String keyId) implements Refused {}

  /// It names one of our keys, which did not sign it.
  record Forged() implements Refused {}

  /// It was good until then.
  record Expired(Instant at) implements Refused {}

  /// It is good on another fleet.
  record WrongFleet(String fleet) implements Refused {}

  /// It is good on another VM of this fleet.
  record WrongVm(String vm) implements Refused {}

  /// The operator took it back.
  record Revoked(String id) implements Refused {}
}
