package dev.podium.fleet.api.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.api.instance.InstanceList;
import dev.podium.fleet.testing.MemoryFleet;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CreateCallTest {
  @TempDir Path folder;

  @Test
  void a_vm_that_is_not_ready_in_time_was_accepted_and_not_created() {
    try (MemoryFleet fleet =
        new MemoryFleet(folder, MemoryFleet.hasty(), MemoryFleet.policy(Duration.ofHours(1)))) {
      fleet.cloud.onCreate(_ -> {});
      CreateCall call =
          new CreateCall(
              fleet.service,
              new InstanceList(fleet.service.events(), Instant::now),
              new ApiOperations(Instant::now),
              Duration.ofMillis(300));
      ServiceRequestContext context =
          ServiceRequestContext.of(HttpRequest.of(HttpMethod.POST, "/v1/instances?wait=ready"));
      AggregatedHttpResponse answer = call.handle(context, "{}").aggregate().join();
      assertThat(answer.status().code()).isEqualTo(202);
      assertThat(answer.contentUtf8()).contains("\"name\":\"vm-1\"", "\"status\":\"RUNNING\"");
    }
  }
}
