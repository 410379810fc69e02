package dev.podium.wire.invite;

import java.time.Instant;

/// What a VM says to an invite.
public sealed interface Admission {
  /// Come in.
  ///
  /// @param keyId the key that signed it
  record Admitted(Invite invite, String keyId) implements Admission {}

  /// Stay out, for a reason that the page can show.
  sealed interface Refused extends Admission {
    /// The reason, one sentence for the participant.
    default String sentence() {
      return switch (this) {
        case Malformed malformed -> "This is not an invite: " + malformed.why() + ".";
        case UnknownKey _ ->
            "This invite was signed with a key that this VM does not know; ask for a new one.";
        case Forged _ -> "This invite's signature is wrong; ask for a new one.";
        case Expired expired -> "This invite expired at " + expired.at() + "; ask for a new one.";
        case WrongFleet wrong -> "This invite is for the fleet '" + wrong.fleet() + "'.";
        case WrongVm wrong -> "This invite is for the VM '" + wrong.vm() + "' only.";
        case Revoked _ -> "This invite was taken back.";
      };
    }
  }

  /// It is no invite at all, or says what no console would.
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
