package dev.podium.localcloud.conformance;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One method of an API, as its discovery document declares it.
///
/// @param id Google's name of it, as `compute.instances.insert`
/// @param verb the HTTP method
/// @param template the path below the API's base, with `{names}` where a caller puts values
/// @param request the schema of the body, or null where the method takes none
/// @param response the schema of the answer, or null where the method answers none
record ApiMethod(
    String id,
    String verb,
    String template,
    @Nullable String request,
    @Nullable String response,
    Pattern path) {

  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");

  static ApiMethod of(
      String id,
      String verb,
      String template,
      @Nullable String request,
      @Nullable String response) {
    // A variable stands for one segment; the verb after a colon, as in topics/T:publish, is
    // literal.
    String expression =
        VARIABLE
            .splitAsStream(template + " ")
            .map(literal -> Pattern.quote(literal.strip()))
            .collect(Collectors.joining("[^/:]+"));
    return new ApiMethod(id, verb, template, request, response, Pattern.compile(expression));
  }

  boolean matches(String otherVerb, String otherPath) {
    return verb.equals(otherVerb) && path.matcher(otherPath).matches();
  }

  /// How many places a caller fills in. Of two methods that match a path, the one with fewer is
  /// meant: `images/family/F` is not an image called `family`.
  int variables() {
    return (int) VARIABLE.matcher(template).results().count();
  }

  /// The path with `value` in every place, but the well-known ones, which get names that exist.
  String pathWith(String project, String zone, String value) {
    return VARIABLE
        .matcher(template)
        .replaceAll(place ->
            Matcher.quoteReplacement(
                switch (place.group()) {
                  case "{project}", "{projectsId}" -> project;
                  case "{zone}" -> zone;
                  case "{region}" -> zone.substring(0, zone.length() - 2);
                  default -> value;
                }));
  }

  /// The names in braces, in order.
  List<String> places() {
    return VARIABLE.matcher(template).results().map(r -> r.group()).toList();
  }
}
