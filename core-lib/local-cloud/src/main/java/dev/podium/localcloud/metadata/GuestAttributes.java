package dev.podium.localcloud.metadata;

import com.linecorp.armeria.common.HttpMethod;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.instance.Instance;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a machine tells the cloud about itself: `instance/guest-attributes/NAMESPACE/KEY`, open to
/// writing where the metadata says `enable-guest-attributes=TRUE`.
final class GuestAttributes {
  static final String PATH = "instance/guest-attributes/";

  private static final Pattern NAME = Pattern.compile(PATH + "([\\w.-]{1,128})/([\\w.-]{1,128})");

  /// Google's limit of one value.
  private static final int VALUE_CHARACTERS = 32 * 1024;

  private final ComputeState state;

  GuestAttributes(ComputeState state) {
    this.state = state;
  }

  Reply answer(HttpMethod method, String path, String body, Optional<Instance> present) {
    if (present.isEmpty()) {
      return Reply.missing();
    }
    if (!enabled(present.get())) {
      return Reply.forbidden("Guest attributes endpoint access is disabled.");
    }
    Map<String, String> attributes = state.guestAttributes(present.get().id());
    Matcher name = NAME.matcher(path);
    if (!name.matches()) {
      return method == HttpMethod.GET ? list(attributes, path) : Reply.missing();
    }
    String key = name.group(1) + "/" + name.group(2);
    return switch (method) {
      case PUT -> put(attributes, key, body);
      case DELETE -> attributes.remove(key) == null ? Reply.missing() : Reply.text("");
      case GET, HEAD ->
          Optional.ofNullable(attributes.get(key)).map(Reply::text).orElseGet(Reply::missing);
      default -> new Reply(405, "text/html; charset=UTF-8", "");
    };
  }

  private static Reply put(Map<String, String> attributes, String key, String body) {
    if (body.length() > VALUE_CHARACTERS) {
      return Reply.malformed("The value is too long.");
    }
    attributes.put(key, body);
    return Reply.text("");
  }

  private static Reply list(Map<String, String> attributes, String path) {
    String prefix = path.substring(PATH.length());
    StringBuilder lines = new StringBuilder();
    attributes.keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .forEach(key -> lines.append(key).append('\n'));
    return lines.isEmpty() ? Reply.missing() : Reply.text(lines.toString());
  }

  private boolean enabled(Instance instance) {
    String item = "enable-guest-attributes";
    String value =
        instance
            .spec()
            .metadata()
            .getOrDefault(item, state.projectMetadata().getOrDefault(item, "FALSE"));
    return value.equalsIgnoreCase("true");
  }
}
