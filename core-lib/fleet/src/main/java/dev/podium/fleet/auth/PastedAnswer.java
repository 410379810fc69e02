package dev.podium.fleet.auth;

import dev.podium.wire.model.PodiumException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/// What a person copied out of the browser's address bar, because the browser is on another
/// computer than Podium and its last page did not load.
final class PastedAnswer {
  /// Google's codes are such as `4/0AbCd…`, in an address `4%2F0AbCd…`.
  private static final Pattern CODE = Pattern.compile("[-A-Za-z0-9._~/%+=]{10,2048}");

  private PastedAnswer() {}

  /// The parameters of the answer: those of the address, or the code alone.
  ///
  /// @throws PodiumException.Invalid if it is neither
  static Map<String, String> read(String text) {
    String pasted = text.strip();
    if (pasted.contains("?") || pasted.contains("://")) {
      return ofAddress(pasted);
    }
    if (pasted.startsWith("code=") || pasted.contains("&")) {
      return answered(FormText.parse(pasted));
    }
    if (!CODE.matcher(pasted).matches()) {
      throw unusable("it is neither an address nor a code");
    }
    return Map.of("code", decoded(pasted));
  }

  private static Map<String, String> ofAddress(String address) {
    try {
      return answered(FormText.parse(new URI(address).getRawQuery()));
    } catch (URISyntaxException malformed) {
      throw unusable("the address is not whole");
    }
  }

  private static Map<String, String> answered(Map<String, String> query) {
    if (query.containsKey("code_challenge")) {
      throw unusable("it is the page on which you sign in, not the one to which that leads");
    }
    if (!query.containsKey("code") && !query.containsKey("error")) {
      throw unusable("there is no code in it");
    }
    return query;
  }

  private static String decoded(String code) {
    try {
      // A plus is itself in a code that stands alone.
      return URLDecoder.decode(code.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw unusable("its percent signs are not whole");
    }
  }

  /// Why the answer of another sign-in is refused.
  static PodiumException.Invalid ofAnotherSignIn() {
    return unusable("it belongs to an earlier sign-in, or was made by somebody else");
  }

  private static PodiumException.Invalid unusable(String why) {
    return new PodiumException.Invalid(
        "That cannot be used",
        why,
        "Copy the whole address of the page that did not load; it begins with http://127.0.0.1: .");
  }
}
