package dev.podium.localcloud.error;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keeps web pages out of the local cloud, on every server and whether tokens are required or not.
///
/// A page that a person happens to have open can send requests to the loopback. It can also let a
/// name of its own point there (*DNS rebinding*), and then reads the answers. A browser always says
/// the truth in two headers, so both are checked:
///
/// - `Host`, or `:authority` in HTTP/2, must be a name of the loopback. Its port is not compared: a
///   tunnel may listen on another one, and no page can choose it.
/// - `Origin`, if it is sent, must be that same `Host` with `http://` before it. So `null`, another
///   port and `https` are refused.
///
/// `X-Forwarded-Host` and its like are not read: anybody can write them.
public final class HostCheck {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /// What Google's clients call the metadata server. Source:
  /// https://cloud.google.com/compute/docs/metadata/querying-metadata
  private static final Set<String> METADATA =
      Set.of("metadata.google.internal", "metadata", "169.254.169.254", "[fd20:ce::254]");

  /// By which emulated machines know the computer that emulates them. No page has it for its name.
  private static final Set<String> EMULATOR = Set.of("169.254.2.2");

  private static final Pattern AUTHORITY =
      Pattern.compile("(?<name>\\[[0-9a-f:.]+]|[^:\\[\\]@/\\s]+?)\\.?(?::[0-9]{1,5})?");

  private final List<Set<String>> names;

  private HostCheck(List<Set<String>> names) {
    this.names = names;
  }

  /// For servers that are called by the loopback's names only.
  public static HostCheck ofLoopback() {
    return new HostCheck(List.of(LOOPBACK));
  }

  /// For servers that emulated machines call, too.
  public static HostCheck ofMachines() {
    return new HostCheck(List.of(LOOPBACK, EMULATOR));
  }

  /// For a machine's metadata server, which Google's clients also call by names of Google's.
  public static HostCheck ofMetadata() {
    return new HostCheck(List.of(LOOPBACK, METADATA));
  }

  /// Goes before every service of a server.
  ///
  /// @param form writes a refusal, HTTP 403, as the server's protocol has it; given the sentence
  public DecoratingHttpServiceFunction refusing(
      BiFunction<HttpRequest, String, HttpResponse> form) {
    return (next, context, request) -> {
      Optional<String> refusal = refusal(request.headers());
      return refusal.isEmpty() ? next.serve(context, request) : form.apply(request, refusal.get());
    };
  }

  /// Why a request does not come in, and what to do.
  public Optional<String> refusal(RequestHeaders headers) {
    List<String> hosts = new ArrayList<>(headers.getAll(HttpHeaderNames.AUTHORITY));
    hosts.addAll(headers.getAll(HttpHeaderNames.HOST));
    if (hosts.isEmpty() || !hosts.stream().allMatch(this::isAllowed)) {
      return Optional.of(
          "The local cloud is not known as "
              + (hosts.isEmpty() ? "nothing" : "'" + String.join("', '", hosts) + "'")
              + ". Call it by 127.0.0.1, by localhost or by [::1].");
    }
    String own = "http://" + hosts.getFirst();
    List<String> origins = headers.getAll(HttpHeaderNames.ORIGIN);
    return origins.stream().allMatch(own::equalsIgnoreCase)
        ? Optional.empty()
        : Optional.of(
            "A page of '"
                + String.join("', '", origins)
                + "' may not use the local cloud. Call it from a program, which sends no Origin.");
  }

  private boolean isAllowed(String authority) {
    Matcher parts = AUTHORITY.matcher(authority.toLowerCase(Locale.ROOT));
    return parts.matches() && names.stream().anyMatch(some -> some.contains(parts.group("name")));
  }
}
