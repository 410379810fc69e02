package dev.podium.core.invite;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

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
  /// How long an invite may be good for.
  public static final Duration LONGEST = Duration.ofHours(12);

  /// The characters that a name or a room has at most.
  public static final int LONGEST_WORD = 64;

  /// The link for the participant's browser. The token is in the fragment, which browsers send to
  /// no server and servers therefore never log.
  ///
  /// @param chatUrl the VM's page, with a slash at its end
  public static URI link(URI chatUrl, String token) {
    return URI.create(chatUrl + "#t=" + token);
  }
}
