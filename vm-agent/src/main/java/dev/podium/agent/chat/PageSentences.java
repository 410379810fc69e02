package dev.podium.agent.chat;

import dev.podium.agent.room.Condition;

/// What is wrong, for the people on the page.
public final class PageSentences {
  private PageSentences() {}

  public static String of(Condition condition) {
    if (!condition.ready()) {
      return "This VM is still reading the rooms' history.";
    }
    if (condition.failing().containsKey("bus")) {
      return "This VM has lost its connection to the others. Your messages are kept and sent when it"
          + " is back.";
    }
    return condition.failing().isEmpty() ? "" : "This VM is not well: messages may come late.";
  }
}
