package dev.podium.fleet.api.call;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.api.http.Answers;
import dev.podium.fleet.api.http.RequestBody;
import dev.podium.fleet.model.offer.PriceList;
import java.util.Map;

/// `GET /v1/zones` and `GET /v1/machineTypes`: where VMs can be made, and of what size.
public final class ZoneCalls {
  private final Fleet fleet;

  public ZoneCalls(Fleet fleet) {
    this.fleet = fleet;
  }

  /// The zones of the cloud.
  public HttpResponse zones(ServiceRequestContext context, String body) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode zones = answer.putArray("zones");
    fleet.zones().forEach(zones::add);
    return Answers.json(200, answer);
  }

  /// The machine types of one zone, with their list prices an hour.
  public HttpResponse machineTypes(ServiceRequestContext context, String body) {
    String zone = context.queryParam("zone");
    if (zone == null || zone.isBlank()) {
      throw RequestBody.refused("The parameter 'zone' is missing.");
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode types = answer.putArray("machineTypes");
    fleet
        .machineTypes(zone)
        .forEach(type ->
            types
                .addObject()
                .put("name", type.name())
                .put("guestCpus", type.guestCpus())
                .put("memoryMb", type.memoryMb())
                .put("costPerHour", type.costPerHour())
                .put("priceKnown", type.priceKnown()));
    return Answers.json(200, answer);
  }

  /// What is charged beside machines, where that was read and when.
  public HttpResponse prices(ServiceRequestContext context, String body) {
    PriceList prices = fleet.prices();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer
        .put("currency", "USD")
        .put("charged", prices.charged())
        .put("addressPerHour", prices.address())
        .put("spotAddressPerHour", prices.spotAddress())
        .put("messagesPerGib", prices.messagesGib());
    ObjectNode disks = answer.putObject("diskGbMonth");
    prices.diskGbMonths().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(disk -> disks.put(disk.getKey(), disk.getValue()));
    answer
        .put("source", prices.source().map(PriceList.Source::where).orElse(null))
        .put("read", prices.source().map(PriceList.Source::read).orElse(null))
        .put("place", prices.source().map(PriceList.Source::place).orElse(null));
    return Answers.json(200, answer);
  }
}
