package dev.podium.wire.google;

import dev.podium.wire.model.AccessProblem;
import dev.podium.wire.model.PodiumException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Google says of a whole project, whichever of its services is asked.
public final class ProjectRefusals {
  /// Where Google says that an API is switched on; the project in it may be the one that pays.
  private static final Pattern LINK = Pattern.compile("https://console\\.\\S+[^\\s.,]");

  private ProjectRefusals() {}

  /// Nobody pays for the project.
  public static PodiumException billingOff(ErrorContext context, Throwable cause) {
    return new PodiumException.NotPermitted(
        context.what(),
        "billing is off for project '" + context.project() + "'",
        "Link a billing account at https://console.cloud.google.com/billing/linkedaccount?project="
            + context.project()
            + " and try again some minutes later.",
        AccessProblem.BILLING_OFF,
        cause);
  }

  /// A service is switched off in the project.
  ///
  /// @param api how people call it, such as `Pub/Sub`
  /// @param service by its name, such as `pubsub.googleapis.com`
  /// @param message Google's sentence, which may link to the switch
  /// @param remark what else is known of the project, as it follows its name; empty for nothing
  public static PodiumException apiOff(
      ErrorContext context,
      String api,
      String service,
      String message,
      String remark,
      Throwable cause) {
    Matcher link = LINK.matcher(message);
    return new PodiumException.NotPermitted(
        context.what(),
        "the " + api + " API is switched off in project '" + context.project() + "'" + remark,
        "Enable it at "
            + (link.find()
                ? link.group()
                : "https://console.cloud.google.com/apis/library/"
                    + service
                    + "?project="
                    + context.project())
            + " and try again some minutes later.",
        AccessProblem.API_OFF,
        cause);
  }
}
