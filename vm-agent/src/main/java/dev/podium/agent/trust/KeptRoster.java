package dev.podium.agent.trust;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.wire.chat.PulseCodec;
import dev.podium.wire.pulse.PulseSignature;
import dev.podium.wire.pulse.ReceivedPulse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last roster that was believed, as a console signed it: after a start it is checked like one
/// that has just come. So a VM that starts while no console runs knows its fleet.
public record KeptRoster(StateFolder state) {
  private static final Logger LOG = LoggerFactory.getLogger(KeptRoster.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "roster.json";

  /// Keeps it. Blocks for the disk.
  public void keep(ReceivedPulse roster) {
    ObjectNode kept =
        JSON.createObjectNode()
            .put("body", roster.body())
            .put("published", roster.published().toEpochMilli());
    ObjectNode attributes = kept.putObject("attributes");
    roster.signature().ifPresent(signature -> signature.attributes().forEach(attributes::put));
    state.write(FILE, kept.toString());
  }

  /// What was kept. Nothing in it is believed yet.
  public Optional<ReceivedPulse> read() {
    return state.read(FILE).flatMap(KeptRoster::read);
  }

  private static Optional<ReceivedPulse> read(String text) {
    try {
      JsonNode kept = JSON.readTree(text);
      Map<String, String> attributes = new HashMap<>();
      kept.path("attributes")
          .properties()
          .forEach(one -> attributes.put(one.getKey(), one.getValue().asText()));
      String body = kept.path("body").asText();
      Optional<ReceivedPulse> roster =
          PulseCodec.decode(body)
              .map(pulse ->
                  new ReceivedPulse(
                      pulse,
                      body,
                      PulseSignature.of(attributes),
                      Instant.ofEpochMilli(kept.path("published").asLong())));
      if (roster.isEmpty()) {
        LOG.warn("The kept roster is damaged: a console sends another");
      }
      return roster;
    } catch (JsonProcessingException damaged) {
      LOG.warn("The kept roster is damaged: a console sends another");
      return Optional.empty();
    }
  }
}
