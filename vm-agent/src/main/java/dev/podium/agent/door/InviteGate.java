package dev.podium.agent.door;

import dev.podium.wire.chat.ChatLimits;
import dev.podium.wire.invite.Admission;
import dev.podium.wire.invite.Audience;
import dev.podium.wire.invite.Invite;
import dev.podium.wire.invite.InviteVerifier;
import java.util.Optional;

/// Lets those in who show a good invite.
public final class InviteGate implements EntryGate {
  private final InviteVerifier verifier;

  public InviteGate(InviteVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public Decision admit(Credentials credentials) {
    return switch (credentials) {
      case Credentials.Token(String token) when token.isEmpty() ->
          refused("You need an invite link to come in: ask your host for one.");
      case Credentials.Token(String token) ->
          switch (verifier.verify(token)) {
            // Messages under such an id would be shown nowhere.
            case Admission.Admitted(Invite invite, _)
                when !ChatLimits.isPersonId(invite.subject()) ->
                refused(new Admission.Malformed("its subject is too long").sentence());
            case Admission.Admitted admitted -> admitted(admitted);
            case Admission.Malformed _ ->
                refused(
                    "This link is not a whole invite: copy it again, or ask your host for one.");
            case Admission.WrongVm wrong -> new Decision.Elsewhere(wrong.vm(), wrong.sentence());
            case Admission.Refused refused -> refused(refused.sentence());
          };
      case Credentials.Code code -> refused("This VM takes invites only.");
    };
  }

  private Decision admitted(Admission.Admitted admitted) {
    Invite invite = admitted.invite();
    return new Decision.Admitted(
        invite.subject(),
        invite.name(),
        Optional.of(invite.room()),
        invite.audience() instanceof Audience.OneVm,
        new Pass(
            Optional.of(invite.expires()),
            () -> verifier.again(admitted).map(Admission.Refused::sentence)));
  }

  private static Decision refused(String sentence) {
    return new Decision.Refused(ChatError.BAD_TOKEN, sentence);
  }
}
