package dev.podium.core.api;

import dev.podium.core.model.FleetVm;
import dev.podium.core.model.Health;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
final class InstanceFilter {
  private static final Pattern TERM =
      Pattern.compile("\\s*([A-Za-z]+(?:\\.[a-z0-9_-]+)?)\\s*(!?=)\\s*(\"[^\"]*\"|[^\\s\"]+)\\s*");

  private InstanceFilter() {}

  /// @throws RefusedRequest if it is not in the grammar
  static Predicate<FleetVm> parse(String filter) {
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
    checkHealth(field, value);
    Pattern pattern = pattern(value);
    boolean wanted = matcher.group(2).equals("=");
    return vm -> {
      Optional<String> actual = field(vm, field);
      return actual.filter(it -> pattern.matcher(it).matches()).isPresent() == wanted;
    };
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

  private static Optional<String> field(FleetVm vm, String field) {
    if (field.startsWith("labels.") || field.startsWith("label.")) {
      String key = field.substring(field.indexOf('.') + 1);
      return Optional.ofNullable(vm.vm().labels().get(key));
    }
    return Optional.of(
        switch (field) {
          case "health" -> vm.health().name();
          case "zone" -> vm.vm().zone();
          case "name" -> vm.name().value();
          case "status" -> vm.vm().state().name();
          case "owner" -> vm.vm().owner();
          default ->
              throw RequestBody.refused(
                  "The filter's field '"
                      + field
                      + "' is not known; there are health, zone, name, status, owner and"
                      + " labels.<key>.");
        });
  }

  private static Pattern pattern(String value) {
    StringBuilder regex = new StringBuilder();
    for (String part : value.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    }
    return Pattern.compile(regex.toString());
  }
}
