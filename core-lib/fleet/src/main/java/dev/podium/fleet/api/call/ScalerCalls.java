package dev.podium.fleet.api.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.api.http.Answers;
import dev.podium.wire.model.PodiumException;
import java.util.Optional;

/// `GET /v1/scaler` and `POST /v1/scaler:resume`: whether VMs are made by themselves, and why not.
public final class ScalerCalls {
  private final Fleet fleet;

  public ScalerCalls(Fleet fleet) {
    this.fleet = fleet;
  }

  public HttpResponse get(ServiceRequestContext context, String body) {
    Optional<PodiumException> stop = fleet.scalerStopped();
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("state", stop.isPresent() ? "STOPPED" : "RUNNING")
            .put("code", stop.map(PodiumException::code).orElse(null))
            .put("reason", stop.map(why -> why.sentence() + ".").orElse(null))
            .put("remedy", stop.map(PodiumException::remedy).orElse(null));
    return Answers.json(200, answer);
  }

  public HttpResponse resume(ServiceRequestContext context, String body) {
    fleet.resumeScaler();
    return Answers.json(202, JsonNodeFactory.instance.objectNode().put("state", "RUNNING"));
  }
}
