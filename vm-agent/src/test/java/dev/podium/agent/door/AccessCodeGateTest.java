package dev.podium.agent.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.agent.ManualTicker;
import dev.podium.agent.door.EntryGate.Credentials;
import dev.podium.agent.door.EntryGate.Decision;
import dev.podium.wire.invite.AccessCode;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Who is in by the class's code, and what becomes of them when it is changed.
class AccessCodeGateTest {
  private final AtomicReference<Optional<AccessCode>> code =
      new AtomicReference<>(Optional.of(AccessCode.of("blue whale")));
  private final AccessCodeGate gate =
      new AccessCodeGate(
          code::get,
          shown -> new Decision.Refused(ChatError.BAD_TOKEN, "No invite."),
          new ManualTicker());

  private Decision show(String shown) {
    return gate.admit(new Credentials.Code(shown, "Ann", "device"));
  }

  private Decision.Admitted admitted(String shown) {
    return (Decision.Admitted) show(shown);
  }

  @Test
  void a_pass_is_good_as_long_as_the_code_is_the_same_item() {
    Pass pass = admitted("blue whale").pass();
    assertThat(pass.refusal().get()).isEmpty();
    code.set(Optional.of(new AccessCode(code.get().orElseThrow().item())));
    assertThat(pass.refusal().get()).isEmpty();
  }

  @Test
  void who_is_in_is_asked_again_when_the_code_is_changed_or_cleared() {
    Decision.Admitted ann = admitted("blue whale");
    code.set(Optional.of(AccessCode.of("red panda")));
    assertThat(ann.pass().error()).isEqualTo(ChatError.BAD_CODE);
    assertThat(ann.pass().refusal().get().orElseThrow()).contains("was changed");
    Decision.Admitted again = admitted("red panda");
    assertThat(again.id()).isEqualTo(ann.id());
    code.set(Optional.empty());
    assertThat(again.pass().refusal().get().orElseThrow()).contains("no access code");
  }

  @Test
  void the_same_code_with_another_salt_lets_the_same_person_in_again() {
    Decision.Admitted ann = admitted("blue whale");
    code.set(Optional.of(AccessCode.of("blue whale")));
    assertThat(ann.pass().refusal().get()).isPresent();
    assertThat(admitted("blue whale").id()).isEqualTo(ann.id());
  }

  @Test
  void an_earlier_code_is_no_guess_however_many_come_with_it() {
    assertThat(admitted("blue whale").pass().refusal().get()).isEmpty();
    code.set(Optional.of(AccessCode.of("red panda")));
    for (int pupil = 0; pupil < 1_000; pupil++) {
      assertThat(show("blue whale"))
          .isEqualTo(
              new Decision.Outdated(
                  ChatError.BAD_CODE,
                  "This is not the access code any more: ask your host for the new one."));
    }
    assertThat(show("guess")).isInstanceOf(Decision.Refused.class);
    assertThat(show("red panda")).isInstanceOf(Decision.Admitted.class);
    code.set(Optional.empty());
    assertThat(show("red panda")).isInstanceOf(Decision.Outdated.class);
    assertThat(show("guess")).isInstanceOf(Decision.Refused.class);
  }
}
