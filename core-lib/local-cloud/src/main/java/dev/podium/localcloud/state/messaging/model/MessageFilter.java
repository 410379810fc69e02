package dev.podium.localcloud.state.messaging.model;

import java.util.Map;
import java.util.function.Predicate;

/// A subscription's choice of messages by their attributes, in Pub/Sub's filter language.
public final class MessageFilter {
  /// The filter that lets every message through.
  public static final MessageFilter ALL = new MessageFilter("", attributes -> true);

  private final String text;
  private final Predicate<Map<String, String>> condition;

  private MessageFilter(String text, Predicate<Map<String, String>> condition) {
    this.text = text;
    this.condition = condition;
  }

  /// @param text the filter; empty lets every message through
  /// @throws MessagingException with reason INVALID where it does not follow the grammar
  public static MessageFilter parse(String text) {
    return text.isBlank() ? ALL : new MessageFilter(text, new FilterParser(text).parse());
  }

  public boolean matches(Map<String, String> attributes) {
    return condition.test(attributes);
  }

  @Override
  public String toString() {
    return text;
  }
}
