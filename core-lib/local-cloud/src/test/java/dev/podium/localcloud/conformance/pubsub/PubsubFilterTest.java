package dev.podium.localcloud.conformance.pubsub;

import static dev.podium.localcloud.conformance.pubsub.Refusals.invalid;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The filter language, from Google's page on filtering: attributes only, `AND`, `OR` and `NOT` in
/// capitals, `hasPrefix` the only function.
@ExtendWith(PubsubContract.class)
class PubsubFilterTest {

  /// One message for each combination that the filters below tell apart.
  private static final Map<String, Map<String, String>> MESSAGES =
      Map.of(
          "none", Map.of(),
          "red", Map.of("colour", "red"),
          "blue", Map.of("colour", "blue"),
          "big-red", Map.of("colour", "red", "size", "10"),
          "odd-key", Map.of("iana.org/language_tag", "en"),
          "quoted", Map.of("colour", "a \"b\""));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "attributes:colour | big-red blue quoted red",
        "attributes.colour = \"red\" | big-red red",
        "attributes.colour = \"Red\" | end",
        "attributes.colour != \"red\" | blue none odd-key quoted",
        "NOT attributes:colour | none odd-key",
        "-attributes:colour | none odd-key",
        "attributes.colour = \"red\" AND attributes:size | big-red",
        "attributes.colour = \"blue\" OR attributes:size | big-red blue",
        "attributes.colour = \"red\" AND NOT attributes:size | red",
        "(attributes:size OR attributes.colour = \"blue\") AND attributes:colour | big-red blue",
        "hasPrefix(attributes.colour, \"bl\") | blue",
        "NOT hasPrefix(attributes.colour, \"\") | none odd-key",
        "attributes:\"iana.org/language_tag\" | odd-key",
        "attributes.\"iana.org/language_tag\" = \"en\" | odd-key",
        "attributes.colour = \"a \\\"b\\\"\" | quoted",
      })
  void a_filter_lets_through_what_google_says_it_does(
      String filter, String expected, PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    String subscription = pubsub.create(pubsub.draft(topic).setFilter(filter)).getName();
    MESSAGES.forEach((text, attributes) ->
        pubsub.publish(
            topic, PubsubEndpoint.message(text).toBuilder().putAllAttributes(attributes).build()));
    // A last message that passes every filter here tells that the others have been through.
    pubsub.publish(topic, marker(filter));
    List<ReceivedMessage> received =
        pubsub.pullUntil(
            subscription, all -> all.stream().map(PubsubEndpoint::text).anyMatch("end"::equals));
    TreeSet<String> texts = new TreeSet<>(received.stream().map(PubsubEndpoint::text).toList());
    texts.remove("end");
    assertThat(String.join(" ", texts)).isEqualTo(expected.equals("end") ? "" : expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "this is not a filter ((",
        "attributes.colour = red",
        "attributes.colour = \"red\" and attributes:size",
        "attributes:a AND attributes:b OR attributes:c",
        "attributes.colour > \"red\"",
        "data = \"x\"",
        "hasSuffix(attributes.colour, \"d\")",
        "attributes:colour AND",
        "(attributes:colour",
      })
  void a_filter_that_google_would_not_parse_is_refused(String filter, PubsubEndpoint pubsub) {
    String topic = pubsub.topic();
    invalid(() -> pubsub.create(pubsub.draft(topic).setFilter(filter)));
  }

  @Test
  void a_filter_beyond_256_bytes_is_refused(PubsubEndpoint pubsub) {
    String filter = "attributes.colour = \"" + "r".repeat(240) + "\"";
    String topic = pubsub.topic();
    invalid(() -> pubsub.create(pubsub.draft(topic).setFilter(filter)));
  }

  @Test
  void a_filter_cannot_be_changed(PubsubEndpoint pubsub) {
    Subscription made = pubsub.create(pubsub.draft(pubsub.topic()).setFilter("attributes:a"));
    UpdateSubscriptionRequest change =
        UpdateSubscriptionRequest.newBuilder()
            .setSubscription(made.toBuilder().setFilter("attributes:b"))
            .setUpdateMask(FieldMask.newBuilder().addPaths("filter"))
            .build();
    invalid(() -> pubsub.subscriber().updateSubscription(change));
  }

  /// A message that the filter lets through, built from the attributes that the filter asks about.
  private static PubsubMessage marker(String filter) {
    PubsubMessage.Builder end = PubsubEndpoint.message("end").toBuilder();
    Map<String, String> attributes =
        switch (filter) {
          case String f when f.contains("\"Red\"") -> Map.of("colour", "Red");
          case String f when f.contains("\"blue\"") -> Map.of("colour", "blue", "size", "1");
          case String f when f.contains("\"bl\"") -> Map.of("colour", "black");
          case String f when f.contains("NOT attributes:size") -> Map.of("colour", "red");
          case String f when f.contains("attributes:size") -> Map.of("colour", "red", "size", "1");
          case String f when f.contains("a \\\"b") -> Map.of("colour", "a \"b\"");
          case String f when f.contains("iana") -> Map.of("iana.org/language_tag", "en");
          case String f when f.contains("NOT") || f.startsWith("-") || f.contains("!=") -> Map.of();
          default -> Map.of("colour", "red");
        };
    return end.putAllAttributes(attributes).build();
  }
}
