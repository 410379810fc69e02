package dev.podium.desktop.cli.client;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the API says to programs, in the words of the commands.
final class CommandWords {
  private static final Pattern MEMBER = Pattern.compile("[Tt]he (?:member|parameter) '(\\w+)'");
  private static final Pattern CALL = Pattern.compile("(?:GET|POST|PUT|DELETE) /v1/(\\w+)");

  /// Options whose names are not those of the members.
  private static final Map<String, String> OPTIONS =
      Map.of("namePrefix", "--prefix", "runLimitSeconds", "--hours", "zones", "--zone");

  private static final Map<String, String> COMMANDS =
      Map.of(
          "instances", "'podium instances list'",
          "keys", "'podium keys list'",
          "people", "'podium people list'",
          "activity", "'podium activity'",
          "policy", "'podium policy show'");

  private CommandWords() {}

  /// A sentence that names members and calls.
  static String of(String sentence) {
    String options = MEMBER.matcher(sentence).replaceAll(CommandWords::option);
    return CALL.matcher(options).replaceAll(CommandWords::command);
  }

  private static String option(MatchResult member) {
    String name = member.group(1);
    String kebab = name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    return Matcher.quoteReplacement(OPTIONS.getOrDefault(name, "--" + kebab));
  }

  private static String command(MatchResult call) {
    String group = call.group(1);
    return Matcher.quoteReplacement(COMMANDS.getOrDefault(group, "'podium " + group + "'"));
  }

  /// What to do; the description of the API is nothing for a person at a terminal.
  static String remedy(String remedy) {
    return remedy.contains("/openapi.json") ? "See the command's --help." : of(remedy);
  }
}
