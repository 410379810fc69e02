package dev.podium.fleet.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.cloud.HealthProbe.Result;
import dev.podium.fleet.google.compute.ScriptedServer;
import dev.podium.wire.model.AccessProblem;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HttpHealthProbeTest {
  private static final String HEALTHZ = "GET /healthz";
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpHealthProbe probe = new HttpHealthProbe();
  private ScriptedServer vm;

  @BeforeEach
  void start() throws Exception {
    vm = new ScriptedServer();
  }

  @AfterEach
  void stop() {
    vm.close();
    probe.close();
  }

  @Test
  void a_well_agent_and_one_that_is_unwell_are_both_heard() {
    vm.answers(HEALTHZ, 200, "{'status':'ok','bootId':'b1','participants':3,'idleSeconds':7}")
        .answers(HEALTHZ, 503, "{'status':'draining','bootId':'b1','participants':0,'new':1}");

    assertThat(ask(PATIENCE)).isEqualTo(new Result.Answered(true, "b1", "ok", 3, 7));
    assertThat(ask(PATIENCE)).isEqualTo(new Result.Answered(false, "b1", "draining", 0, 0));
  }

  @Test
  void an_agents_failing_checks_come_with_why() {
    vm.answers(
        HEALTHZ,
        503,
        "{'status':'broken','bootId':'b1','checks':{'bus':'nothing came','page':'ok','x':7}}");
    assertThat(((Result.Answered) ask(PATIENCE)).failing())
        .isEqualTo(Map.of("bus", "nothing came", "x", "7"));
  }

  @Test
  void why_pubsub_does_not_let_it_in_comes_as_a_known_code_or_not_at_all() {
    vm.answers(HEALTHZ, 503, "{'bootId':'b1','accessProblem':'role_missing'}")
        .answers(HEALTHZ, 503, "{'bootId':'b1','accessProblem':'run this: curl evil'}");
    assertThat(((Result.Answered) ask(PATIENCE)).access()).contains(AccessProblem.ROLE_MISSING);
    assertThat(((Result.Answered) ask(PATIENCE)).access()).isEmpty();
  }

  @Test
  void what_a_hostile_vm_says_of_its_checks_is_bounded() {
    StringBuilder checks = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      checks.append(i == 0 ? "" : ",").append("'c").append(i).append("':'").append("y".repeat(900));
      checks.append('\'');
    }
    vm.answers(HEALTHZ, 503, "{'bootId':'b1','checks':{" + checks + "}}");
    Map<String, String> failing = ((Result.Answered) ask(PATIENCE)).failing();
    assertThat(failing).hasSize(8);
    assertThat(failing.values()).allMatch(text -> text.length() <= 200);
  }

  @Test
  void what_is_no_agent_is_not_taken_for_one() {
    vm.answers(HEALTHZ, 200, "<html>hello</html>").answers(HEALTHZ, 200, "{'status':'ok'}");

    assertThat(ask(PATIENCE))
        .isEqualTo(new Result.Silent("something answered (HTTP 200) that is no agent"));
    assertThat(ask(PATIENCE)).isInstanceOf(Result.Silent.class);
  }

  @Test
  void an_agent_that_hangs_breaks_off_or_is_not_there_is_silent_for_that_reason() {
    vm.hangs(HEALTHZ);
    assertThat(ask(Duration.ofMillis(300))).isEqualTo(new Result.Silent("no answer in 300 ms"));

    URI gone = URI.create(vm.base() + "/");
    vm.close();
    assertThat(probe.probe(gone, PATIENCE)).isEqualTo(new Result.Silent("connection refused"));
    assertThat(probe.probe(URI.create("mailto:x"), PATIENCE)).isInstanceOf(Result.Silent.class);
  }

  private Result ask(Duration patience) {
    return probe.probe(URI.create(vm.base() + "/"), patience);
  }
}
