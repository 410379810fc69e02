package dev.podium.core.cloud.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.core.cloud.ComputeCloud;
import dev.podium.core.model.PodiumException;
import dev.podium.core.model.VmName;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GoogleDeletionTest {
  private static final String ZONE = "us-central1-a";
  private static final String DELETE =
      "DELETE /compute/v1/projects/podium-test/zones/" + ZONE + "/instances/a-1";
  private static final String BUSY = "{'error':{'code':503,'errors':[{'reason':'backendError'}]}}";
  private static final String DONE = "{'name':'op-1','status':'DONE','progress':100}";
  private static final VmName NAME = new VmName("a-1");

  private ScriptedServer server;
  private ComputeCloud cloud;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer();
    cloud = GoogleComputeCloudTest.cloudAt(server.base());
  }

  @AfterEach
  void stop() {
    cloud.close();
    server.close();
  }

  @Test
  void deleting_a_vm_that_is_no_more_is_success() {
    server.answers(DELETE, 404, "{'error':{'code':404,'errors':[{'reason':'notFound'}]}}");

    assertThat(cloud.delete(ZONE, NAME, UUID.randomUUID()).done()).isCompleted();
  }

  @Test
  void a_deletion_that_a_person_asked_for_is_asked_for_again_under_the_same_id() throws Exception {
    server.drops(DELETE).answers(DELETE, 503, BUSY).answers(DELETE, 200, DONE);
    UUID requestId = UUID.randomUUID();

    cloud.delete(ZONE, NAME, requestId).done().get(10, TimeUnit.SECONDS);

    assertThat(server.asked(DELETE))
        .hasSize(3)
        .allSatisfy(request -> assertThat(request.query()).contains("requestId=" + requestId));
  }

  @Test
  void a_deletion_after_a_last_look_is_asked_for_once_since_the_look_grows_old() {
    server.answers(DELETE, 503, BUSY).answers(DELETE, 200, DONE);

    assertThatThrownBy(() -> cloud.deleteOnce(ZONE, NAME, UUID.randomUUID()))
        .isInstanceOf(PodiumException.Unavailable.class);
    assertThat(server.asked(DELETE)).hasSize(1);
  }
}
