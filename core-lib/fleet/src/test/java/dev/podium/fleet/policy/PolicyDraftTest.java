package dev.podium.fleet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.health.record.HealthLimits;
import dev.podium.fleet.model.offer.MachineType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyDraftTest {
  private static final HealthLimits LIMITS = HealthLimits.standard();
  private static final PolicyDraft USUAL =
      PolicyDraft.of(new FleetPolicy(ScalingPolicy.defaults(Duration.ofMinutes(30)), LIMITS));
  private static final AvailableMachines OFFER =
      new AvailableMachines(
          List.of("us-central1-a", "us-central1-b", "us-central1-c"),
          Map.of("us-central1-a", List.of(new MachineType("e2-small", 2, 2_048, 0.0168))));

  @Test
  void the_usual_policy_has_no_fault_and_comes_back_as_it_was() {
    assertThat(USUAL.faults(LIMITS, Optional.of(OFFER))).isEmpty();
    assertThat(PolicyDraft.of(USUAL.toPolicy(LIMITS))).isEqualTo(USUAL);
    PolicyDraft demo =
        PolicyDraft.of(
            new FleetPolicy(ScalingPolicy.defaults(Duration.ofSeconds(90)), HealthLimits.demo()));
    assertThat(demo.toPolicy(HealthLimits.demo()).limits()).isEqualTo(HealthLimits.demo());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MINIMUM       | 20            | over the maximum of 10
          MINIMUM       | -1            | from 0 to 1,000
          MAXIMUM       | 0             | from 1 to 1,000
          MAXIMUM       | many          | whole number
          SEATS         | 0             | from 1 to 10,000
          SPARE         | 1.5           | whole number
          IDLE          | 2 s           | from 5 s to 30 d
          IDLE          | soon          | such as 30 min
          ZONES         | ' '           | At least one zone
          ZONES         | mars-north1-a | no zone mars-north1-a; there are us-central1-a
          MACHINE_TYPE  | huge-9000     | no huge-9000 in us-central1-a
          IMAGE         | ' '           | global/images/family/podium-agent
          PROVISIONING  | cheap         | SPOT_THEN_STANDARD
          RUN_LIMIT     | 10 s          | from 30 s to 120 d
          HOURLY_BUDGET | -1            | 0 sets no limit
          HOURLY_BUDGET | 5d            | 0 sets no limit
          HOURLY_BUDGET | 0x1p3         | 0 sets no limit
          TOTAL_BUDGET  | NaN           | 0 sets no limit
          ACCESS_CODE   | 12345         | From 6 to 64 characters; empty for no code.
          ACCESS_CODE   | ******7       | Replace all of it
          SUSPECT       | 5 s           | At least 12 s
          SUSPECT       | 90 s          | over the limit for unreachable of 1 min
          UNREACHABLE   | 4 min         | over the limit for condemned of 3 min
          BOOT          | 1 s           | from 5 s to 1 d
          """)
  void a_member_that_cannot_be_used_is_refused_with_a_sentence_of_its_own(
      PolicyMember member, String text, String sentence) {
    Map<PolicyMember, String> faults =
        USUAL.with(Map.of(member, text)).faults(LIMITS, Optional.of(OFFER));
    assertThat(faults).containsOnlyKeys(member);
    assertThat(faults.get(member)).contains(sentence);
  }

  @ParameterizedTest
  @EnumSource
  void an_empty_draft_is_refused_at_every_member_but_those_that_may_be_without(
      PolicyMember member) {
    boolean refused =
        new PolicyDraft(Map.of()).faults(LIMITS, Optional.empty()).containsKey(member);
    boolean mayBeWithout =
        member.form() instanceof PolicyMember.Dollars || member.form() instanceof PolicyMember.Code;
    assertThat(refused).isNotEqualTo(mayBeWithout);
  }

  @Test
  void of_an_access_code_only_a_salted_hash_is_kept_and_people_see_that_there_is_one() {
    PolicyDraft typed = USUAL.with(Map.of(PolicyMember.ACCESS_CODE, " blue whale "));
    FleetPolicy policy = typed.toPolicy(LIMITS);
    assertThat(policy.accessCode().orElseThrow().matches("blue whale")).isTrue();
    assertThat(policy.accessCode().orElseThrow().matches("blue whales")).isFalse();
    assertThat(typed.toPolicy(LIMITS).accessCode()).isNotEqualTo(policy.accessCode());

    PolicyDraft kept = PolicyDraft.of(policy);
    assertThat(kept.toPolicy(LIMITS)).isEqualTo(policy);
    assertThat(kept.toString() + policy).doesNotContain("blue whale");
    assertThat(kept.shown().text(PolicyMember.ACCESS_CODE)).isEqualTo("******");
    assertThat(kept.shown().faults(LIMITS, Optional.of(OFFER))).isEmpty();
    assertThat(kept.shown().completed(policy)).isEqualTo(kept);
    assertThat(USUAL.shown()).isEqualTo(USUAL);
  }

  @Test
  void a_change_of_the_access_code_is_said_and_the_code_is_not() {
    PolicyDraft first = USUAL.with(Map.of(PolicyMember.ACCESS_CODE, "blue whale"));
    assertThat(USUAL.changes(first)).containsExactly("access code changed");
    assertThat(first.changes(first.with(Map.of(PolicyMember.ACCESS_CODE, "red panda"))))
        .containsExactly("access code changed");
    assertThat(first.changes(USUAL)).containsExactly("access code removed");
  }

  @Test
  void changes_are_said_in_words() {
    assertThat(
            USUAL.changes(
                USUAL.with(Map.of(PolicyMember.MAXIMUM, "20", PolicyMember.RUN_LIMIT, "4 h"))))
        .containsExactly("maximum 10 → 20", "run limit 8 h → 4 h");
  }
}
