package dev.podium.localcloud.compute.list;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;

/// The newer grammar, which the libraries write (Google's AIP-160 as Compute Engine has it):
///
/// ```
/// expression = sequence, { "OR", sequence }
/// sequence   = term, { [ "AND" ], term }
/// term       = [ "NOT" | "-" ], ( "(", expression, ")" | field, operator, value )
/// operator   = "=" | "!=" | ">" | "<" | "<=" | ">=" | ":"
/// ```
///
/// `:` finds a part of a text, and `field:*` whether there is a value at all. Texts are compared
/// exactly, numbers and times by their value.
final class ExpressionParser {
  /// Deep enough for any person, shallow enough for the stack.
  private static final int DEEPEST = 50;

  private final String text;
  private int at;
  private int depth;

  ExpressionParser(String text) {
    this.text = text;
  }

  Filter parse() {
    Filter filter = expression();
    if (!atEnd()) {
      throw Filters.malformed(text);
    }
    return filter;
  }

  private Filter expression() {
    if (++depth > DEEPEST) {
      throw Filters.malformed(text);
    }
    Filter left = sequence();
    while (word("OR")) {
      Filter first = left;
      Filter second = sequence();
      left = resource -> first.matches(resource) || second.matches(resource);
    }
    depth--;
    return left;
  }

  private Filter sequence() {
    Filter left = term();
    while (word("AND") || startsTerm()) {
      Filter first = left;
      Filter second = term();
      left = resource -> first.matches(resource) && second.matches(resource);
    }
    return left;
  }

  private boolean startsTerm() {
    return !atEnd() && text.charAt(at) != ')' && !text.startsWith("OR ", at);
  }

  private Filter term() {
    if (word("NOT") || symbol("-")) {
      Filter inner = term();
      return resource -> !inner.matches(resource);
    }
    if (symbol("(")) {
      Filter inner = expression();
      if (!symbol(")")) {
        throw Filters.malformed(text);
      }
      return inner;
    }
    return comparison();
  }

  private Filter comparison() {
    String field = bare("()=!<>:\"' \t\n");
    String operator = operator();
    boolean any = operator.equals(":") && symbol("*");
    if (any) {
      return resource -> !Filters.values(resource, field).isEmpty();
    }
    String value = value();
    if (operator.equals("!=")) {
      return resource -> !anyValue(resource, field, "=", value);
    }
    return resource -> anyValue(resource, field, operator, value);
  }

  private static boolean anyValue(JsonNode resource, String field, String operator, String value) {
    return Filters.values(resource, field).stream()
        .anyMatch(found -> holds(found, operator, value));
  }

  private static boolean holds(JsonNode found, String operator, String value) {
    if (found.isObject()) {
      return operator.equals(":") && found.has(value);
    }
    String text = found.asText();
    if (operator.equals("=")) {
      return found.isBoolean() ? text.equalsIgnoreCase(value) : compare(text, value) == 0;
    }
    if (operator.equals(":")) {
      return found.isTextual()
          ? text.toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT))
          : text.equals(value);
    }
    int order = compare(text, value);
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private static int compare(String found, String wanted) {
    if (looksLikeNumber(found) && looksLikeNumber(wanted)) {
      return new BigDecimal(found).compareTo(new BigDecimal(wanted));
    }
    if (found.length() > 10 && found.charAt(10) == 'T' && wanted.length() > 10) {
      try {
        return OffsetDateTime.parse(found)
            .toInstant()
            .compareTo(OffsetDateTime.parse(wanted).toInstant());
      } catch (DateTimeException notTimes) {
        return found.compareTo(wanted);
      }
    }
    return found.compareTo(wanted);
  }

  private static boolean looksLikeNumber(String text) {
    return text.length() < 40 && text.matches("-?[0-9]+(\\.[0-9]+)?");
  }

  private String operator() {
    for (String operator : new String[] {"!=", "<=", ">=", "=", "<", ">", ":"}) {
      if (symbol(operator)) {
        return operator;
      }
    }
    throw Filters.malformed(text);
  }

  private String value() {
    skipBlanks();
    if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
      return quoted(text.charAt(at++));
    }
    return bare("() \t\n");
  }

  private String quoted(char quote) {
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    if (at++ >= text.length()) {
      throw Filters.malformed(text);
    }
    return value.toString();
  }

  private String bare(String ends) {
    skipBlanks();
    int start = at;
    while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (at == start) {
      throw Filters.malformed(text);
    }
    return text.substring(start, at);
  }

  private boolean word(String word) {
    skipBlanks();
    int end = at + word.length();
    boolean found =
        text.startsWith(word, at)
            && end < text.length()
            && (Character.isWhitespace(text.charAt(end)) || text.charAt(end) == '(');
    at = found ? end : at;
    return found;
  }

  private boolean symbol(String symbol) {
    skipBlanks();
    boolean found = text.startsWith(symbol, at);
    at = found ? at + symbol.length() : at;
    return found;
  }

  private boolean atEnd() {
    skipBlanks();
    return at >= text.length();
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
