package dev.podium.fleet.google.compute.failure;

import dev.podium.wire.google.ErrorContext;
import dev.podium.wire.google.ProjectRefusals;
import dev.podium.wire.model.PodiumException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What Compute Engine's own words mean where its status and reason say too little: of a company's
/// rules, of networks, accounts and disks. The same words come as the answer to a request and as
/// the error of an operation. So both are held against this one table, in its order.
///
/// Each text is Google's, as people reported it; what one names is in the pattern's groups.
public final class KnownRefusals {
  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "Location (?:ZONE:)?(\\S+) violates constraint (constraints/gcp\\.resourceLocations)",
              KnownRefusals::placeForbidden),
          new Rule("Constraint (constraints/[\\w./]+) violated", CompanyRules::refusal),
          new Rule(
              "billing to be enabled|[Bb]illing account for|has billing disabled|[Bb]illing is disabled|billing account .* disabled",
              (context, _, cause) -> ProjectRefusals.billingOff(context, cause)),
          new Rule(
              "networkInterfaces\\[\\d+]\\.network': '[^']*?([^/']*)'\\. +The referenced network resource cannot be found",
              KnownRefusals::networkMissing),
          new Rule(
              "networkInterfaces\\[\\d+]\\.subnetwork': '[^']*?([^/']*)'\\. +The referenced subnetwork resource cannot be found",
              KnownRefusals::subnetMissing),
          new Rule(
              "custom subnetmode network|network resource is in custom subnet mode",
              KnownRefusals::subnetWanted),
          new Rule(
              "does not have access to service account '([^']+)'\\. +User: '([^']+)'",
              KnownRefusals::mayNotActAs),
          new Rule(
              "iam\\.serviceAccounts\\.actAs' (?:permission|denied)[^']*?(?:'projects/[^']*/serviceAccounts/([^']+)'|$)",
              KnownRefusals::mayNotActAs),
          new Rule(
              "serviceAccounts/([^'`\\s]+)['`] was not found|[Ss]ervice account '?([^'\\s]+@[^'\\s]+)'? (?:does not exist|was not found)",
              KnownRefusals::accountMissing),
          new Rule(
              "boot disk architecture \\((\\w+)\\) is not compatible with machine type architecture \\((\\w+)\\)",
              KnownRefusals::otherArchitecture),
          new Rule(
              "(\\S+) disk type cannot be used by (\\S+) machine type|\\[([^\\]]+)] features (?:are not compatible|and .*incompatible)",
              KnownRefusals::diskUnsuited),
          new Rule(
              "Machine type with name '([^']+)' does not exist in zone '([^']+)'",
              KnownRefusals::typeNotOffered),
          new Rule(
              "does not have enough resources available|is currently unavailable in the \\S+ zone",
              (context, found, cause) -> ComputeErrors.noCapacity(context, found.text(), cause)),
          new Rule(
              "^Quota '[^']+' exceeded",
              (context, found, cause) -> ComputeErrors.quotaExceeded(context, found.text(), cause)),
          new Rule(
              "^Quota exceeded for quota metric|Operation rate exceeded for resource",
              (context, found, cause) -> ComputeErrors.rateLimited(context, found.text(), cause)));

  private KnownRefusals() {}

  /// What the cloud named in its sentence.
  ///
  /// @param text the whole sentence
  /// @param first what the pattern's first group that took part holds; empty if none did
  /// @param second the same of the next
  record Found(String text, String first, String second) {
    private static Found of(String text, Matcher matcher) {
      List<String> groups =
          IntStream.rangeClosed(1, matcher.groupCount())
              .mapToObj(matcher::group)
              .filter(Objects::nonNull)
              .toList();
      return new Found(
          text, groups.isEmpty() ? "" : groups.getFirst(), groups.size() < 2 ? "" : groups.get(1));
    }
  }

  /// Says in our words what was found.
  @FunctionalInterface
  interface Meaning {
    PodiumException of(ErrorContext context, Found found, Throwable cause);
  }

  private record Rule(Pattern pattern, Meaning meaning) {
    Rule(String pattern, Meaning meaning) {
      this(Pattern.compile(pattern), meaning);
    }

    Optional<PodiumException> of(ErrorContext context, String text, Throwable cause) {
      Matcher matcher = pattern.matcher(text);
      return matcher.find()
          ? Optional.of(meaning.of(context, Found.of(text, matcher), cause))
          : Optional.empty();
    }
  }

  /// @param text Google's sentence
  /// @return nothing if no rule knows it; then its status and reason decide
  static Optional<PodiumException> of(ErrorContext context, String text, Throwable cause) {
    return RULES.stream().flatMap(rule -> rule.of(context, text, cause).stream()).findFirst();
  }

  /// A new project gets its default network a moment after its first request, so such a refusal may
  /// be over at once.
  public static boolean isYoungProject(PodiumException refusal) {
    return refusal instanceof PodiumException.NotFound
        && refusal.sentence().contains("no network 'default'");
  }

  private static PodiumException placeForbidden(
      ErrorContext context, Found found, Throwable cause) {
    return new PodiumException.PlaceForbidden(
        context.what(),
        "the organisation allows nothing in " + found.first() + " (" + found.second() + ")",
        "Choose zones that it allows, or ask who administers the organisation.",
        cause);
  }

  private static PodiumException networkMissing(
      ErrorContext context, Found found, Throwable cause) {
    return new PodiumException.NotFound(
        context.what(),
        "project '" + context.project() + "' has no network '" + found.first() + "'",
        "Name a network or subnet of yours in the profile, or make this one: gcloud compute networks create "
            + (found.first().isEmpty() ? "default" : found.first())
            + " --project="
            + context.project(),
        cause);
  }

  private static PodiumException subnetMissing(ErrorContext context, Found found, Throwable cause) {
    return new PodiumException.NotFound(
        context.what(),
        "there is no subnet '" + found.first() + "' in the zone's region, or you may not see it",
        "Name a subnet of that region in the profile; one of a Shared VPC by its full URL.",
        cause);
  }

  private static PodiumException subnetWanted(ErrorContext context, Found found, Throwable cause) {
    return new PodiumException.Invalid(
        context.what(),
        "the network has only subnets that somebody made (custom subnet mode), and none was named",
        "Name a subnet of the zone's region in the profile.");
  }

  private static PodiumException mayNotActAs(ErrorContext context, Found found, Throwable cause) {
    String account = found.first().isEmpty() ? "SERVICE_ACCOUNT" : found.first();
    String who = found.second().isEmpty() ? "YOUR_ACCOUNT" : found.second();
    String kind = who.endsWith("gserviceaccount.com") ? "serviceAccount:" : "user:";
    return new PodiumException.NotPermitted(
        context.what(),
        "your account may run no VM as "
            + (found.first().isEmpty() ? "that service account" : found.first())
            + " (iam.serviceAccounts.actAs is missing)",
        "Ask an owner of project '"
            + context.project()
            + "' to run: gcloud iam service-accounts add-iam-policy-binding "
            + account
            + " --project="
            + context.project()
            + " --member="
            + kind
            + who
            + " --role=roles/iam.serviceAccountUser",
        cause);
  }

  private static PodiumException accountMissing(
      ErrorContext context, Found found, Throwable cause) {
    return new PodiumException.NotFound(
        context.what(),
        "there is no service account " + found.first(),
        "Name another in the profile, or make one; the README's chapter on Google Cloud says how.",
        cause);
  }

  private static PodiumException otherArchitecture(
      ErrorContext context, Found found, Throwable cause) {
    return new PodiumException.Invalid(
        context.what(),
        "the image is for "
            + found.first()
            + " machines and the machine type is of "
            + found.second(),
        "Choose a machine type or an image of the same kind.");
  }

  private static PodiumException diskUnsuited(ErrorContext context, Found found, Throwable cause) {
    return new PodiumException.Invalid(
        context.what(),
        ComputeErrors.plain(found.text()),
        "Choose another disk type: newer machine families take hyperdisk-balanced, older ones"
            + " pd-balanced.");
  }

  private static PodiumException typeNotOffered(
      ErrorContext context, Found found, Throwable cause) {
    return new PodiumException.NotFound(
        context.what(),
        found.second() + " offers no machine type '" + found.first() + "'",
        "Choose another machine type or another zone.",
        cause);
  }
}
