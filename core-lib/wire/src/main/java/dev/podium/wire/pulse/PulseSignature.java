package dev.podium.wire.pulse;

import dev.podium.wire.identity.Base64Url;
import dev.podium.wire.identity.VerificationKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who sent a pulse, when, and what proves it: attributes of the Pub/Sub message.
///
/// @param key the id of the key that signed
/// @param session one start of the sender: its numbers begin anew with each
/// @param number of the session's messages, from 0; no two have the same
/// @param at when it was sent, by the cloud's clock as the sender knows it, to the millisecond
/// @param signature of all this and the body, base64url
public record PulseSignature(
    String key, String session, long number, Instant at, String signature) {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");
  private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9_-]{86}");

  /// The message's attributes.
  public Map<String, String> attributes() {
    return Map.of(
        "key", key,
        "session", session,
        "number", Long.toString(number),
        "at", Long.toString(at.toEpochMilli()),
        "signature", signature);
  }

  /// Reads what [#attributes] wrote.
  ///
  /// @return empty if one is missing or has another form: the message is unsigned
  public static Optional<PulseSignature> of(Map<String, String> attributes) {
    String key = attributes.getOrDefault("key", "");
    String session = attributes.getOrDefault("session", "");
    String number = attributes.getOrDefault("number", "");
    String at = attributes.getOrDefault("at", "");
    String signature = attributes.getOrDefault("signature", "");
    boolean whole =
        KEY.matcher(key).matches()
            && SESSION.matcher(session).matches()
            && NUMBER.matcher(number).matches()
            && NUMBER.matcher(at).matches()
            && SIGNATURE.matcher(signature).matches();
    return whole
        ? Optional.of(
            new PulseSignature(
                key,
                session,
                Long.parseLong(number),
                Instant.ofEpochMilli(Long.parseLong(at)),
                signature))
        : Optional.empty();
  }

  /// Whether the key made it, of this body and in this fleet. Takes a few tenths of a millisecond.
  ///
  /// @param kind what stands before all that a sender of that kind signs
  boolean isBy(VerificationKey signer, String kind, String fleet, String body) {
    try {
      String signed = kind + text(fleet, key, session, number, at, body);
      return signer.verifies(signed, Base64Url.decode(signature));
    } catch (IllegalArgumentException notCanonical) {
      return false;
    }
  }

  /// What is signed, behind the sender's kind.
  static String text(
      String fleet, String key, String session, long number, Instant at, String body) {
    return String.join(
        "\n",
        "pulse",
        fleet,
        key,
        session,
        Long.toString(number),
        Long.toString(at.toEpochMilli()),
        body);
  }
}
