package dev.podium.localcloud.pubsub.form;

import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/// The form of full resource names, `projects/PROJECT/KIND/NAME`.
public final class ResourceNames {
  /// Source: the comments of google/pubsub/v1/pubsub.proto.
  private static final String ID = "(?!goog)[A-Za-z][A-Za-z0-9\\-_.~+%]{2,254}";

  /// Wider than a project's real form, since the local cloud has no register of projects.
  private static final String PROJECT = "projects/[^/\\s]{1,100}";

  private static final Pattern TOPIC = Pattern.compile(PROJECT + "/topics/" + ID);
  private static final Pattern SUBSCRIPTION = Pattern.compile(PROJECT + "/subscriptions/" + ID);
  private static final Pattern SNAPSHOT = Pattern.compile(PROJECT + "/snapshots/" + ID);
  private static final Pattern ANY_PROJECT = Pattern.compile(PROJECT);

  private ResourceNames() {}

  /// The name of a snapshot, or one that nobody has where none was given.
  ///
  /// @param subscription full name, whose project the snapshot belongs to
  public static String snapshotOrNew(String name, String subscription) {
    return snapshot(name.isEmpty() ? drawn(subscription, "/snapshots/snapshot-") : name);
  }

  /// The name of a subscription, or one that nobody has where none was given.
  ///
  /// @param topic full name, whose project the subscription belongs to
  public static String subscriptionOrNew(String name, String topic) {
    return subscription(name.isEmpty() ? drawn(topic, "/subscriptions/subscription-") : name);
  }

  private static String drawn(String sibling, String start) {
    return String.join("/", List.of(sibling.split("/")).subList(0, 2)) + start + UUID.randomUUID();
  }

  public static String topic(String name) {
    return checked(TOPIC, name, "topics");
  }

  public static String subscription(String name) {
    return checked(SUBSCRIPTION, name, "subscriptions");
  }

  public static String snapshot(String name) {
    return checked(SNAPSHOT, name, "snapshots");
  }

  public static String project(String name) {
    return checked(ANY_PROJECT, name, "projects");
  }

  private static String checked(Pattern form, String name, String kind) {
    Statuses.require(
        form.matcher(name).matches(), "Invalid [" + kind + "] name: (name=" + name + ")");
    return name;
  }
}
