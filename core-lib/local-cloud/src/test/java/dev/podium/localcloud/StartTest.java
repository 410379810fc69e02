package dev.podium.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StartTest {
  @Test
  void a_taken_port_is_named_in_one_sentence_and_is_free_again_after_close() {
    int port;
    try (LocalCloud first = LocalCloud.start(LocalCloudOptions.defaults())) {
      port = first.compute().getPort();
      LocalCloudOptions same =
          LocalCloudOptions.defaults().withPorts(port, 0).withAgentCommand(List.of("true"));
      assertThatThrownBy(() -> LocalCloud.start(same))
          .isInstanceOf(LocalCloudException.class)
          .hasMessageContaining("port " + port)
          .hasMessageContaining("choose another port");
    }
    LocalCloud again = LocalCloud.start(LocalCloudOptions.defaults().withPorts(port, 0));
    again.close();
    again.close();
  }

  @Test
  void where_tokens_are_required_a_request_without_one_is_refused() {
    try (LocalCloud cloud = LocalCloud.start(LocalCloudOptions.defaults().withRequireAuth(true))) {
      Wire wire = new Wire(cloud);
      Wire.Answer without = wire.get("zones");
      Wire.Answer forged = wire.send("GET", "zones", "", "Authorization", "Bearer forged");

      assertThat(List.of(without.status(), forged.status())).containsOnly(401);
      assertThat(without.reason()).isEqualTo("authError");
    }
  }
}
