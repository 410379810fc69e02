package dev.podium.localcloud.state.messaging.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Reads Pub/Sub's filter language:
///
/// ```
/// expression = term { AND term } | term { OR term }      never both without parentheses
/// term       = [ NOT | - ] ( "(" expression ")" | condition )
/// condition  = attributes:KEY
///            | attributes.KEY ( = | != ) "value"
///            | hasPrefix( attributes.KEY , "prefix" )
/// ```
///
/// KEY is a word of letters, digits, `_` and `-` that starts with a letter or `_`, or anything in
/// quotes. Words are case-sensitive. Source: Google's page "Filter messages from a subscription".
final class FilterParser {
  private final String text;
  private int at;

  FilterParser(String text) {
    this.text = text;
  }

  Predicate<Map<String, String>> parse() {
    Predicate<Map<String, String>> condition = expression();
    skipSpace();
    if (at < text.length()) {
      throw unexpected("the end, AND or OR");
    }
    return condition;
  }

  private Predicate<Map<String, String>> expression() {
    List<Predicate<Map<String, String>>> terms = new ArrayList<>();
    terms.add(term());
    String operator = "";
    while (true) {
      String next = takeWord("AND") ? "AND" : takeWord("OR") ? "OR" : "";
      if (next.isEmpty()) {
        break;
      }
      if (!operator.isEmpty() && !operator.equals(next)) {
        throw wrong("AND and OR need parentheses between them");
      }
      operator = next;
      terms.add(term());
    }
    boolean any = operator.equals("OR");
    return any
        ? attributes -> terms.stream().anyMatch(term -> term.test(attributes))
        : attributes -> terms.stream().allMatch(term -> term.test(attributes));
  }

  private Predicate<Map<String, String>> term() {
    if (takeWord("NOT") || take("-")) {
      return term().negate();
    }
    if (take("(")) {
      Predicate<Map<String, String>> inner = expression();
      need(")");
      return inner;
    }
    return takeWord("hasPrefix") ? prefix() : condition();
  }

  private Predicate<Map<String, String>> prefix() {
    need("(");
    needWord("attributes");
    need(".");
    String key = key();
    need(",");
    String prefix = quoted();
    need(")");
    return attributes ->
        attributes.getOrDefault(key, "").startsWith(prefix) && attributes.containsKey(key);
  }

  private Predicate<Map<String, String>> condition() {
    needWord("attributes");
    if (take(":")) {
      String key = key();
      return attributes -> attributes.containsKey(key);
    }
    need(".");
    String key = key();
    boolean differs = take("!=");
    if (!differs) {
      need("=");
    }
    String value = quoted();
    return attributes -> differs != value.equals(attributes.get(key));
  }

  private String key() {
    skipSpace();
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int start = at;
    while (at < text.length() && isKeyPart(text.charAt(at), at == start)) {
      at++;
    }
    if (at == start) {
      throw unexpected("an attribute's key");
    }
    return text.substring(start, at);
  }

  private String quoted() {
    need("\"");
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next == '"') {
        return value.toString();
      }
      if (next == '\\') {
        value.append(escaped());
      } else {
        value.append(next);
      }
    }
    throw wrong("a quotation mark is missing");
  }

  private char escaped() {
    char next = at < text.length() ? text.charAt(at++) : ' ';
    return switch (next) {
      case '"', '\\' -> next;
      case 'n' -> '\n';
      case 't' -> '\t';
      default -> throw wrong("after a backslash only \\ \" n or t may stand");
    };
  }

  private boolean takeWord(String word) {
    skipSpace();
    int end = at + word.length();
    boolean there =
        text.startsWith(word, at) && (end == text.length() || !isKeyPart(text.charAt(end), false));
    at = there ? end : at;
    return there;
  }

  private boolean take(String sign) {
    skipSpace();
    boolean there = text.startsWith(sign, at);
    at = there ? at + sign.length() : at;
    return there;
  }

  private void need(String sign) {
    if (!take(sign)) {
      throw unexpected(sign);
    }
  }

  private void needWord(String word) {
    if (!takeWord(word)) {
      throw unexpected(word);
    }
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isKeyPart(char letter, boolean first) {
    boolean word = letter == '_' || (letter < 128 && Character.isLetter(letter));
    return word || (!first && (letter == '-' || (letter >= '0' && letter <= '9')));
  }

  private MessagingException unexpected(String wanted) {
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return wrong("expected " + wanted + " but found " + found);
  }

  private MessagingException wrong(String why) {
    return new MessagingException(
        MessagingException.Reason.INVALID,
        "Invalid filter: " + why + " at character " + (at + 1) + " of: " + text);
  }
}
