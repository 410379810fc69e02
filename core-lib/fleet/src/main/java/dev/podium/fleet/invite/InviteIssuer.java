package dev.podium.fleet.invite;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.podium.wire.chat.ChatLimits;
import dev.podium.wire.identity.Base64Url;
import dev.podium.wire.invite.Audience;
import dev.podium.wire.invite.Invite;
import dev.podium.wire.invite.InviteId;
import dev.podium.wire.model.PodiumException;
import dev.podium.wire.text.DurationText;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// Signs invites, on the operator's console. May be used from any thread.
public final class InviteIssuer {
  private static final int ID_BYTES = 12;

  private final InviteKeys keys;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public InviteIssuer(InviteKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /// A new invite for one person.
  ///
  /// @param name what the others see, as [ChatLimits#isWantedName] has it
  /// @param room where the person starts, as [ChatLimits#isWantedRoom] has it
  /// @param validity 1 second to 12 hours
  /// @throws PodiumException.Invalid if one of them is not in its range
  public Issued issue(String name, String room, Audience audience, Duration validity) {
    if (validity.compareTo(Duration.ofSeconds(1)) < 0 || validity.compareTo(Invite.LONGEST) > 0) {
      throw new PodiumException.Invalid(
          "An invite cannot be good for " + DurationText.inSeconds(validity),
          "1 second to " + DurationText.inHours(Invite.LONGEST) + " are possible",
          "Choose a validity in that range.");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Invite invite =
        new Invite(
            randomId(),
            name(name),
            room(room),
            audience,
            InviteId.create(now, randomId()),
            now.plus(validity));
    return new Issued(invite, sign(invite, now));
  }

  private String sign(Invite invite, Instant now) {
    InviteKey key = keys.signing();
    var json = JsonNodeFactory.instance;
    String head =
        json.objectNode()
            .put("alg", "EdDSA")
            .put("kid", key.publicKey().id())
            .put("typ", "JWT")
            .toString();
    String claims =
        json.objectNode()
            .put("sub", invite.subject())
            .put("name", invite.name())
            .put("room", invite.room())
            .put("aud", invite.audience().claim())
            .put("jti", invite.id())
            .put("iat", now.getEpochSecond())
            .put("exp", invite.expires().getEpochSecond())
            .toString();
    String signed = part(head) + "." + part(claims);
    return signed + "." + Base64Url.encode(key.sign(signed));
  }

  private static String part(String json) {
    return Base64Url.encode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String name(String text) {
    String name = text.strip();
    if (ChatLimits.isReservedName(name)) {
      throw new PodiumException.Invalid(
          "The invite's name '" + name + "' cannot be used",
          "it looks like the chat's own, and whatever its owner says would pass for a notice",
          "Choose another name.");
    }
    if (!ChatLimits.isWantedName(name)) {
      throw new PodiumException.Invalid(
          "The invite's name cannot be used",
          "it must have 1 to " + ChatLimits.LONGEST_NAME + " characters and no control characters",
          "Choose another name.");
    }
    return ChatLimits.tidyName(name);
  }

  /// The room as an invite names it.
  ///
  /// @throws PodiumException.Invalid if no VM would take it for a room's name
  public static String room(String text) {
    String room = text.strip();
    if (!ChatLimits.isWantedRoom(room)) {
      throw new PodiumException.Invalid(
          "The invite's room '" + room + "' cannot be used",
          "a room's name has 1 to "
              + ChatLimits.LONGEST_NAME
              + " letters, digits, spaces and . _ -, and starts with a letter or a digit",
          "Choose another room, such as 'maths-1'.");
    }
    return room;
  }

  private String randomId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64Url.encode(bytes);
  }

  /// @param token for the link ([Invite#link]); whoever has it can come in
  public record Issued(Invite invite, String token) {
    /// Without the token, so that no log holds it.
    @Override
    public String toString() {
      return "Issued[" + invite + "]";
    }
  }
}
