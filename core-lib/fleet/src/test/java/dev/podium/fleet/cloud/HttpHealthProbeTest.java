package dev.podium.fleet.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.fleet.cloud.HealthProbe.Result;
import dev.podium.fleet.google.compute.ScriptedServer;
import java.net.URI;
import java.time.Duration;
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
