package dev.podium.fleet.api.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Set;

/// What a request's query says; each refusal names the parameter.
public final class QueryParameters {
  private QueryParameters() {}

  /// @param known every parameter that the call has; a misspelt one would be ignored in silence
  /// @throws RefusedRequest if the query has another
  public static void requireKnown(ServiceRequestContext context, Set<String> known) {
    for (String name : context.queryParams().names()) {
      if (!known.contains(name)) {
        String there =
            known.isEmpty() ? "none here" : String.join(", ", known.stream().sorted().toList());
        throw RequestBody.refused("There is no parameter '" + name + "'; there are " + there + ".");
      }
    }
  }

  /// Whether a switch is on: it is when the parameter has no value or is `true`.
  ///
  /// @throws RefusedRequest if it is neither true nor false
  public static boolean truth(ServiceRequestContext context, String parameter) {
    String value = context.queryParam(parameter);
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.isEmpty() || value.equals("true")) {
      return true;
    }
    throw RequestBody.refused("The parameter '" + parameter + "' must be true or false.");
  }

  /// A whole number.
  ///
  /// @param otherwise what it is where the parameter is missing
  /// @throws RefusedRequest if it is not a number from `least` to `most`
  public static long number(
      ServiceRequestContext context, String parameter, long otherwise, long least, long most) {
    String value = context.queryParam(parameter);
    if (value == null) {
      return otherwise;
    }
    if (value.matches("\\d{1,18}")) {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw RequestBody.refused(
        "The parameter '"
            + parameter
            + "' must be a whole number from "
            + least
            + " to "
            + most
            + ".");
  }
}
