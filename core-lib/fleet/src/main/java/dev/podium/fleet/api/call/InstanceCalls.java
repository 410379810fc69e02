package dev.podium.fleet.api.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.api.http.Answers;
import dev.podium.fleet.api.http.QueryParameters;
import dev.podium.fleet.api.instance.InstanceFilter;
import dev.podium.fleet.api.instance.InstanceList;
import java.util.Optional;

/// Reads VMs: `GET /v1/instances`, one of them, and its serial console.
public final class InstanceCalls {
  private static final int MOST_A_PAGE = 10_000;

  private final Fleet fleet;
  private final InstanceList instances;
  private final InstancePath path;

  /// @param instances the VMs as JSON
  public InstanceCalls(Fleet fleet, InstanceList instances) {
    this.fleet = fleet;
    this.instances = instances;
    this.path = new InstancePath(fleet);
  }

  /// All VMs, or a page of those that a filter finds. Never blocks.
  public HttpResponse list(ServiceRequestContext context) {
    String filter = Optional.ofNullable(context.queryParam("filter")).orElse("");
    String token = Optional.ofNullable(context.queryParam("pageToken")).orElse("");
    long size = QueryParameters.number(context, "pageSize", MOST_A_PAGE, 1, MOST_A_PAGE);
    if (filter.isBlank() && token.isEmpty() && instances.vms().size() <= size) {
      return Answers.json(200, instances.all());
    }
    return Answers.json(
        200,
        instances.page(
            filter.isBlank() ? _ -> true : InstanceFilter.parse(filter), (int) size, token));
  }

  /// One VM.
  public HttpResponse get(ServiceRequestContext context, String body) {
    return Answers.json(200, instances.one(path.vm(context)));
  }

  /// What a VM wrote to its serial console, from a place on.
  public HttpResponse serial(ServiceRequestContext context, String body) {
    long start = QueryParameters.number(context, "start", 0, 0, Long.MAX_VALUE);
    Fleet.SerialText text = fleet.serial(InstancePath.name(context), start);
    return Answers.json(
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("contents", text.text())
            .put("next", text.next()));
  }
}
