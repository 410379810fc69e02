package dev.podium.localcloud.state.storage;

import dev.podium.localcloud.state.Refusal;
import java.nio.charset.StandardCharsets;

/// What an object may be called. Source: https://cloud.google.com/storage/docs/objects#naming
final class ObjectName {
  private static final int LONGEST_BYTES = 1_024;

  private ObjectName() {}

  /// @throws Refusal 400 if no object can be called that
  static void check(String name) {
    if (name.isEmpty()) {
      throw new Refusal(400, "required", "Required parameter: name");
    }
    boolean good =
        name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES
            && name.chars().noneMatch(one -> one == '\r' || one == '\n')
            && !name.startsWith(".well-known/acme-challenge/")
            && !name.equals(".")
            && !name.equals("..");
    if (!good) {
      throw Refusal.invalid("Invalid object name: '" + name + "'");
    }
  }
}
