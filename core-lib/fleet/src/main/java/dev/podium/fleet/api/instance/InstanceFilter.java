package dev.podium.fleet.api.instance;

import dev.podium.fleet.api.http.RequestBody;
import dev.podium.fleet.model.FleetVm;
import dev.podium.fleet.model.Health;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The filter of a list:
///
/// ```
/// filter  = term *( " AND " term )
/// term    = field ( "=" / "!=" ) value
/// field   = "health" / "zone" / "name" / "status" / "owner" / "labels." key
/// value   = word / DQUOTE text DQUOTE       ; "*" stands for any characters
/// ```
public final class InstanceFilter {
  private static final Pattern TERM =
      Pattern.compile("\\s*([A-Za-z]+(?:\\.[a-z0-9_-]+)?)\\s*(!?=)\\s*(\"[^\"]*\"|[^\\s\"]+)\\s*");

  private InstanceFilter() {}

  /// @throws RefusedRequest if it is not in the grammar
  public static Predicate<FleetVm> parse(String filter) {
    List<Predicate<FleetVm>> terms = new ArrayList<>();
    for (String term : filter.split("(?i)\\sAND\\s", -1)) {
      terms.add(term(term));
    }
    return vm -> terms.stream().allMatch(term -> term.test(vm));
  }

  private static Predicate<FleetVm> term(String text) {
    Matcher matcher = TERM.matcher(text);
    if (!matcher.matches()) {
      throw RequestBody.refused(
          "The filter's part '" + text.strip() + "' is not of the form field=value.");
    }
    String field = matcher.group(1);
    String value = matcher.group(3).replace("\"", "");
    Function<FleetVm, Optional<String>> actual = field(field);
    checkHealth(field, value);
    Glob glob = Glob.of(value);
    boolean wanted = matcher.group(2).equals("=");
    return vm -> actual.apply(vm).filter(glob::matches).isPresent() == wanted;
  }

  private static void checkHealth(String field, String value) {
    boolean names = field.equals("health") && !value.contains("*");
    if (names && Arrays.stream(Health.values()).noneMatch(it -> it.name().equals(value))) {
      throw RequestBody.refused(
          "The filter names the health '"
              + value
              + "'; there are "
              + Arrays.toString(Health.values())
              + ".");
    }
  }

  /// What a VM says in that field. Looked up when the filter is read, so that it does not take a VM
  /// to find a mistake.
  private static Function<FleetVm, Optional<String>> field(String field) {
    if (field.startsWith("labels.") || field.startsWith("label.")) {
      String key = field.substring(field.indexOf('.') + 1);
      return vm -> Optional.ofNullable(vm.vm().labels().get(key));
    }
    return switch (field) {
      case "health" -> vm -> Optional.of(vm.health().name());
      case "zone" -> vm -> Optional.of(vm.vm().zone());
      case "name" -> vm -> Optional.of(vm.name().value());
      case "status" -> vm -> Optional.of(vm.vm().state().name());
      case "owner" -> vm -> Optional.of(vm.vm().owner());
      default ->
          throw RequestBody.refused(
              "The filter's field '"
                  + field
                  + "' is not known; there are health, zone, name, status, owner and"
                  + " labels.<key>.");
    };
  }

  /// A text in which `*` stands for any characters. A match takes time that grows with the text's
  /// length alone, whatever the value. It runs on the event loop, which a regular expression with
  /// many `.*` in it would stop.
  private record Glob(String first, List<String> inner, Optional<String> last) {
    static Glob of(String value) {
      List<String> parts = List.of(value.split("\\*", -1));
      if (parts.size() == 1) {
        return new Glob(value, List.of(), Optional.empty());
      }
      return new Glob(
          parts.getFirst(),
          parts.subList(1, parts.size() - 1).stream().filter(part -> !part.isEmpty()).toList(),
          Optional.of(parts.getLast()));
    }

    boolean matches(String text) {
      if (last.isEmpty()) {
        return text.equals(first);
      }
      int end = text.length() - last.get().length();
      if (end < first.length() || !text.startsWith(first) || !text.endsWith(last.get())) {
        return false;
      }
      // The leftmost place of each part leaves the most room for those after it.
      int from = first.length();
      for (String part : inner) {
        int at = text.indexOf(part, from);
        if (at < 0 || at + part.length() > end) {
          return false;
        }
        from = at + part.length();
      }
      return true;
    }
  }
}
