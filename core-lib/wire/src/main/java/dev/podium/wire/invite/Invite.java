package dev.podium.wire.invite;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.wire.identity.Base64Url;
import dev.podium.wire.model.PodiumException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/// What a signed invite says.
///
/// @param subject the participant's id, the same on every VM that the invite opens
/// @param name what the others see, 1 to 64 characters
/// @param room where the participant starts, 1 to 64 characters
/// @param audience where it is good
/// @param id this invite's own id, by which it can be revoked
/// @param expires by the console's clock, to the second
public record Invite(
    String subject, String name, String room, Audience audience, String id, Instant expires) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{16,64}");
  private static final ObjectMapper JSON = new ObjectMapper();

  /// How long an invite may be good for.
  public static final Duration LONGEST = Duration.ofHours(12);

  /// The characters that a name or a room has at most.
  public static final int LONGEST_WORD = 64;

  /// The id of the invite that is meant. The signature is not checked: whoever may take invites
  /// back may take back any.
  ///
  /// @param invite a link, a token or an id
  /// @throws PodiumException.Invalid if it is none of them
  public static String idOf(String invite) {
    String text = invite.strip();
    String token = text.substring(text.indexOf("#t=") < 0 ? 0 : text.indexOf("#t=") + 3);
    if (ID.matcher(token).matches()) {
      return token;
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length == 3) {
      try {
        String id = JSON.readTree(Base64Url.decode(parts[1])).path("jti").asText();
        if (ID.matcher(id).matches()) {
          return id;
        }
      } catch (IOException | IllegalArgumentException _) {
        // It is said below.
      }
    }
    throw new PodiumException.Invalid(
        "No invite was taken back",
        "what was given is no invite's link, token or id",
        "Give the whole link, as the participant got it.");
  }

  /// The link for the participant's browser. The token is in the fragment, which browsers send to
  /// no server and servers therefore never log.
  ///
  /// @param chatUrl the VM's page, with a slash at its end
  public static URI link(URI chatUrl, String token) {
    return URI.create(chatUrl + "#t=" + token);
  }
}
