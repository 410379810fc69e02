package dev.podium.localcloud.state.storage;

import dev.podium.localcloud.state.Refusal;
import java.util.regex.Pattern;

/// What a bucket may be called. Source: https://cloud.google.com/storage/docs/buckets#naming
final class BucketName {
  private static final int LONGEST_PART = 63;
  private static final int LONGEST_DOTTED = 222;
  private static final Pattern PART = Pattern.compile("[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?");
  private static final Pattern ADDRESS = Pattern.compile("[0-9]+(?:\\.[0-9]+){3}");

  private BucketName() {}

  /// @throws Refusal 400 if no bucket can be called that
  static void check(String name) {
    boolean dotted = name.indexOf('.') >= 0;
    boolean good =
        name.length() >= 3
            && name.length() <= (dotted ? LONGEST_DOTTED : LONGEST_PART)
            && !name.startsWith("goog")
            && !name.contains("google")
            && !ADDRESS.matcher(name).matches();
    for (String part : name.split("\\.", -1)) {
      good = good && part.length() <= LONGEST_PART && PART.matcher(part).matches();
    }
    if (!good) {
      throw Refusal.invalid("Invalid bucket name: '" + name + "'");
    }
  }
}
