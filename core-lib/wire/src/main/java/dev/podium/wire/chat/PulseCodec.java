package dev.podium.wire.chat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.podium.wire.identity.Roster;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The pulse topic's messages as JSON.
public final class PulseCodec {
  private static final long MOST_USE_SECONDS = 86_400;
  private static final long MOST_REMOVED_SECONDS = 86_400;

  private PulseCodec() {}

  public static String encode(Pulse pulse) {
    return switch (pulse) {
      case Pulse.Heartbeat beat -> WireJson.write("heartbeat", json -> write(json, beat));
      case Pulse.DrainRequest request ->
          WireJson.write(
              "drain",
              json -> {
                json.writeStringField("id", request.id());
                json.writeStringField("vm", request.vm());
                if (request.vmId().isPresent()) {
                  json.writeStringField("vmId", request.vmId().get());
                }
                json.writeBooleanField("force", request.force());
                if (request.useWindow().isPresent()) {
                  json.writeNumberField("useWindowSeconds", request.useWindow().get().toSeconds());
                }
              });
      case Pulse.DrainAnswer answer ->
          WireJson.write(
              "drained",
              json -> {
                json.writeStringField("id", answer.id());
                json.writeStringField("vm", answer.vm());
                json.writeBooleanField("accepted", answer.accepted());
                json.writeNumberField("participants", answer.participants());
              });
      case Pulse.DrainCancelled cancelled ->
          WireJson.write(
              "drainCancelled",
              json -> {
                json.writeStringField("id", cancelled.id());
                json.writeStringField("vm", cancelled.vm());
              });
      case Pulse.Canary canary ->
          WireJson.write(
              "canary",
              json -> {
                json.writeStringField("console", canary.console());
                json.writeNumberField("sequence", canary.sequence());
              });
      case Pulse.Policy policy -> WireJson.write("rules", json -> write(json, policy));
      case Pulse.SeatsWanted wanted -> WireJson.write("seatsWanted", json -> write(json, wanted));
      case Pulse.Announcement shown -> WireJson.write("announcement", json -> write(json, shown));
      case Pulse.KeysWanted wanted -> WireJson.write("keysWanted", json -> write(json, wanted));
      case Pulse.RosterChanged changed -> WireJson.write("roster", json -> write(json, changed));
      case Pulse.PersonRemoved removed ->
          WireJson.write(
              "personRemoved",
              json -> {
                json.writeStringField("person", removed.person());
                json.writeNumberField("seconds", removed.span().toSeconds());
              });
      case Pulse.Goodbye goodbye ->
          WireJson.write(
              "goodbye",
              json -> {
                json.writeStringField("vm", goodbye.vm());
                json.writeStringField("bootId", goodbye.bootId());
              });
    };
  }

  /// Reads what [#encode] wrote.
  ///
  /// @return empty if it is of a type that this release does not know, damaged, or over-long; to be
  ///   skipped
  public static Optional<Pulse> decode(String json) {
    return WireJson.read(json, PulseCodec::pulse);
  }

  private static void write(JsonGenerator json, Pulse.Heartbeat beat) throws IOException {
    json.writeStringField("vm", beat.vm());
    json.writeStringField("vmId", beat.vmId());
    json.writeStringField("bootId", beat.bootId());
    json.writeNumberField("sequence", beat.sequence());
    json.writeStringField("url", beat.url());
    json.writeNumberField("participants", beat.participants());
    json.writeNumberField("seats", beat.seats());
    json.writeNumberField("idleSeconds", beat.idleSeconds());
    json.writeBooleanField("ready", beat.ready());
    json.writeBooleanField("draining", beat.draining());
    json.writeArrayFieldStart("selfCheck");
    for (String failing : beat.selfCheck()) {
      json.writeString(failing);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("members");
    for (Pulse.Member member : beat.members()) {
      json.writeStartObject();
      json.writeStringField("id", member.id());
      json.writeStringField("name", member.name());
      json.writeStringField("room", member.room());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("roster", beat.roster());
  }

  private static void write(JsonGenerator json, Pulse.Announcement shown) throws IOException {
    json.writeStringField("vm", shown.vm());
    json.writeStringField("vmId", shown.vmId());
    json.writeStringField("bootId", shown.bootId());
    json.writeStringField("publicKey", shown.publicKey());
    json.writeStringField("token", shown.token());
  }

  private static void write(JsonGenerator json, Pulse.KeysWanted wanted) throws IOException {
    json.writeStringField("console", wanted.console());
    json.writeArrayFieldStart("vms");
    for (String vm : wanted.vms()) {
      json.writeString(vm);
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Pulse.RosterChanged changed) throws IOException {
    json.writeStringField("console", changed.console());
    json.writeNumberField("revision", changed.roster().revision());
    json.writeArrayFieldStart("vms");
    for (Roster.Entry entry : changed.roster().entries()) {
      json.writeStartObject();
      json.writeStringField("name", entry.vm());
      json.writeStringField("id", entry.vmId());
      json.writeStringField("url", entry.url());
      json.writeStringField("key", entry.key());
      json.writeNumberField("seats", entry.seats());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Pulse.Policy policy) throws IOException {
    json.writeStringField("console", policy.console());
    json.writeNumberField("revision", policy.revision());
    json.writeObjectFieldStart("rules");
    for (Map.Entry<String, String> member : policy.members().entrySet()) {
      json.writeStringField(member.getKey(), member.getValue());
    }
    json.writeEndObject();
    json.writeStringField("key", policy.key());
    json.writeStringField("signature", policy.signature());
  }

  private static void write(JsonGenerator json, Pulse.SeatsWanted wanted) throws IOException {
    json.writeStringField("vm", wanted.vm());
    json.writeNumberField("waiting", wanted.waiting());
    if (wanted.room().isPresent()) {
      json.writeStringField("room", wanted.room().get());
    }
  }

  private static Optional<Pulse> pulse(JsonNode object) {
    return switch (WireJson.text(object, "t")) {
      case "heartbeat" -> Optional.of(heartbeat(object));
      case "drain" ->
          Optional.of(
              new Pulse.DrainRequest(
                  WireJson.text(object, "id"),
                  WireJson.text(object, "vm"),
                  WireJson.optionalText(object, "vmId"),
                  WireJson.flag(object, "force"),
                  useWindow(object)));
      case "drained" ->
          Optional.of(
              new Pulse.DrainAnswer(
                  WireJson.text(object, "id"),
                  WireJson.text(object, "vm"),
                  WireJson.flag(object, "accepted"),
                  WireJson.count(object, "participants")));
      case "drainCancelled" ->
          Optional.of(
              new Pulse.DrainCancelled(WireJson.text(object, "id"), WireJson.text(object, "vm")));
      case "canary" ->
          Optional.of(
              new Pulse.Canary(
                  WireJson.text(object, "console"), WireJson.number(object, "sequence")));
      case "rules" -> Optional.of(policy(object));
      case "seatsWanted" ->
          Optional.of(
              new Pulse.SeatsWanted(
                  WireJson.text(object, "vm"),
                  WireJson.count(object, "waiting"),
                  WireJson.optionalText(object, "room")));
      case "announcement" ->
          Optional.of(
              new Pulse.Announcement(
                  WireJson.text(object, "vm"),
                  WireJson.text(object, "vmId"),
                  WireJson.text(object, "bootId"),
                  WireJson.text(object, "publicKey"),
                  WireJson.text(object, "token")));
      case "keysWanted" ->
          Optional.of(
              new Pulse.KeysWanted(
                  WireJson.text(object, "console"),
                  WireJson.list(object, "vms", PulseCodec::word)));
      case "roster" -> Optional.of(roster(object));
      case "personRemoved" ->
          Optional.of(
              new Pulse.PersonRemoved(
                  WireJson.text(object, "person"),
                  Duration.ofSeconds(
                      Math.clamp(WireJson.number(object, "seconds"), 0, MOST_REMOVED_SECONDS))));
      case "goodbye" ->
          Optional.of(
              new Pulse.Goodbye(WireJson.text(object, "vm"), WireJson.text(object, "bootId")));
      default -> Optional.empty();
    };
  }

  private static Pulse.Heartbeat heartbeat(JsonNode object) {
    return new Pulse.Heartbeat(
        WireJson.text(object, "vm"),
        WireJson.text(object, "vmId"),
        WireJson.text(object, "bootId"),
        WireJson.number(object, "sequence"),
        WireJson.text(object, "url"),
        WireJson.count(object, "participants"),
        WireJson.count(object, "seats"),
        WireJson.number(object, "idleSeconds"),
        WireJson.flag(object, "ready"),
        WireJson.flag(object, "draining"),
        WireJson.list(object, "selfCheck", PulseCodec::word),
        WireJson.list(object, "members", PulseCodec::member),
        object.path("roster").asLong());
  }

  private static Pulse.RosterChanged roster(JsonNode object) {
    return new Pulse.RosterChanged(
        WireJson.text(object, "console"),
        new Roster(
            WireJson.number(object, "revision"), WireJson.list(object, "vms", PulseCodec::entry)));
  }

  private static Roster.Entry entry(JsonNode item) {
    return new Roster.Entry(
        WireJson.text(item, "name"),
        WireJson.text(item, "id"),
        WireJson.text(item, "url"),
        WireJson.text(item, "key"),
        WireJson.count(item, "seats"));
  }

  private static Pulse.Policy policy(JsonNode object) {
    Map<String, String> texts = new HashMap<>();
    object
        .path("rules")
        .properties()
        .forEach(member -> texts.put(member.getKey(), member.getValue().asText()));
    return new Pulse.Policy(
        WireJson.text(object, "console"),
        WireJson.number(object, "revision"),
        texts,
        WireJson.text(object, "key"),
        WireJson.text(object, "signature"));
  }

  /// A day at most: whoever asks for more asks for a VM that never ends.
  private static Optional<Duration> useWindow(JsonNode object) {
    return object.has("useWindowSeconds")
        ? Optional.of(
            Duration.ofSeconds(
                Math.clamp(WireJson.number(object, "useWindowSeconds"), 0, MOST_USE_SECONDS)))
        : Optional.empty();
  }

  private static String word(JsonNode item) {
    return item.asText();
  }

  private static Pulse.Member member(JsonNode item) {
    return new Pulse.Member(
        WireJson.text(item, "id"), WireJson.text(item, "name"), WireJson.text(item, "room"));
  }
}
