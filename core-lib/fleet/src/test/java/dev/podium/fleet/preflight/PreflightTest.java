package dev.podium.fleet.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.fleet.preflight.check.CheckName;
import dev.podium.fleet.preflight.check.CheckState;
import dev.podium.fleet.preflight.fact.ProjectView;
import dev.podium.fleet.preflight.fact.ProjectView.FirewallRule;
import dev.podium.fleet.preflight.fact.ProjectView.Policy;
import dev.podium.wire.model.PodiumException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// How a pre-flight runs its checks, against a project that is scripted.
@Timeout(30)
class PreflightTest {
  @Test
  void checks_run_side_by_side_and_each_is_told_as_it_ends() {
    // The account's checks wait until the project's have been told: one after the other would hang.
    CountDownLatch projectTold = new CountDownLatch(1);
    ProjectView view =
        ScriptedProject.answering(
            "signIn",
            () -> {
              awaitLatch(projectTold);
              return new ProjectView.SignIn("ann@example.org", "a script");
            });
    List<CheckName> told = new CopyOnWriteArrayList<>();

    try (Preflight preflight = new Preflight(ScriptedProject.vm(), view)) {
      PreflightReport report =
          preflight.run(
              false,
              result -> {
                told.add(result.name());
                if (result.name() == CheckName.PROJECT) {
                  projectTold.countDown();
                }
              });

      assertThat(report.results())
          .extracting(CheckResult::name)
          .containsExactlyElementsOf(preflight.names(false));
      assertThat(told).containsExactlyInAnyOrderElementsOf(preflight.names(false));
      assertThat(told.indexOf(CheckName.SIGN_IN)).isGreaterThan(told.indexOf(CheckName.PROJECT));
      assertThat(report.good()).isTrue();
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void what_may_not_be_read_is_not_known_and_what_is_refused_has_failed() {
    ProjectView view =
        ScriptedProject.answering(
            "billed",
            () -> {
              throw new PodiumException.NotPermitted("It cannot be read", "no right", "Ask.", null);
            });

    try (Preflight preflight = new Preflight(ScriptedProject.vm(), view)) {
      assertThat(preflight.check(CheckName.BILLING).state()).isEqualTo(CheckState.UNKNOWN);
    }
    ProjectView gone =
        ScriptedProject.answering(
            "project",
            () -> {
              throw new PodiumException.NotFound("There is none", "p", "Check it.", null);
            });
    try (Preflight preflight = new Preflight(ScriptedProject.vm(), gone)) {
      CheckResult result = preflight.check(CheckName.PROJECT);
      assertThat(result.state()).isEqualTo(CheckState.FAILED);
      assertThat(result.remedy().orElseThrow().text()).isEqualTo("Check it.");
    }
  }

  @Test
  void only_what_has_a_fix_can_be_fixed() {
    try (Preflight preflight =
        new Preflight(ScriptedProject.vm(), ScriptedProject.answering("billed", () -> true))) {
      assertThatThrownBy(() -> preflight.fix(CheckName.BILLING))
          .isInstanceOf(PodiumException.Invalid.class)
          .hasMessageContaining("apis, firewall, vm-role");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, OK", "-20, OK", "40, WARNING", "-400, FAILED"})
  void a_clock_is_judged_by_how_wrong_it_is(long secondsAhead, CheckState state) {
    ProjectView view =
        ScriptedProject.answering("clockAhead", () -> Duration.ofSeconds(secondsAhead));
    try (Preflight preflight = new Preflight(ScriptedProject.vm(), view)) {
      assertThat(preflight.check(CheckName.CLOCK).state()).isEqualTo(state);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "in:us-locations, OK",
    "in:us-central1-locations, OK",
    "us-central1-a, OK",
    "in:eu-locations, FAILED",
    "in:asia-locations, FAILED",
    "us-central1-b, FAILED"
  })
  void a_rule_on_locations_is_read_as_google_writes_it(String allowed, CheckState state) {
    ProjectView view =
        ScriptedProject.answering("policy", () -> new Policy(false, Set.of(), Set.of(allowed)));
    try (Preflight preflight = new Preflight(ScriptedProject.vm(), view)) {
      assertThat(preflight.check(CheckName.POLICIES).state()).isEqualTo(state);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void of_several_firewall_rules_the_one_that_counts_is_found(
      List<FirewallRule> rules, CheckState state) {
    ProjectView view = ScriptedProject.answering("firewalls", () -> rules);
    try (Preflight preflight = new Preflight(ScriptedProject.vm(), view)) {
      assertThat(preflight.check(CheckName.FIREWALL).state()).isEqualTo(state);
    }
  }

  static Stream<Arguments> rules() {
    FirewallRule open = rule(true, 1000, List.of(), "8080");
    return Stream.of(
        Arguments.of(List.of(), CheckState.FAILED),
        Arguments.of(List.of(open), CheckState.OK),
        Arguments.of(List.of(rule(true, 1000, List.of(), "80")), CheckState.FAILED),
        Arguments.of(List.of(rule(true, 1000, List.of("web"), "8080")), CheckState.FAILED),
        Arguments.of(List.of(open, rule(false, 900, List.of(), "8080")), CheckState.FAILED),
        Arguments.of(List.of(open, rule(false, 1000, List.of(), "8080")), CheckState.FAILED),
        Arguments.of(List.of(open, rule(false, 1100, List.of(), "8080")), CheckState.OK));
  }

  private static FirewallRule rule(boolean allows, int priority, List<String> tags, String port) {
    return new FirewallRule(
        "r",
        "default",
        allows,
        priority,
        false,
        List.of("0.0.0.0/0"),
        tags,
        List.of(),
        Optional.of(List.of(port)));
  }
}
