package dev.podium.localcloud.compute;

import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.fault.Faults;
import dev.podium.localcloud.state.place.Catalog;
import dev.podium.localcloud.state.token.IssuedTokens;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decides which requests come in: those with a person's good token where tokens are required, and
/// none that a fault keeps out.
public final class RequestAdmission {
  /// Who asks when nobody says.
  private static final String ANYBODY = "operator@example.com";

  /// Where a request goes, for what is counted by place.
  private static final Pattern PLACE = Pattern.compile("/projects/[^/]+/(zones|regions)/([^/]+)");

  /// What stands in a zone, and not the zone itself.
  private static final Pattern IN_ZONE = Pattern.compile("/projects/[^/]+/zones/([^/]+)/.");

  private static final String AUTH = "https://www.googleapis.com/auth/";
  private static final List<String> WRITING = List.of(AUTH + "cloud-platform", AUTH + "compute");
  private static final List<String> READING =
      List.of(
          AUTH + "cloud-platform",
          AUTH + "compute",
          AUTH + "cloud-platform.read-only",
          AUTH + "compute.readonly");

  private final ComputeState state;
  private final Optional<IssuedTokens> tokens;
  private final boolean required;
  private final boolean faulty;

  private RequestAdmission(
      ComputeState state, Optional<IssuedTokens> tokens, boolean required, boolean faulty) {
    this.state = state;
    this.tokens = tokens;
    this.required = required;
    this.faulty = faulty;
  }

  /// @param required whether a request without a good token is refused
  public static RequestAdmission checking(
      ComputeState state, IssuedTokens tokens, boolean required) {
    return new RequestAdmission(state, Optional.of(tokens), required, true);
  }

  /// Lets everybody in, whatever else goes wrong.
  static RequestAdmission open(ComputeState state) {
    return new RequestAdmission(state, Optional.empty(), false, false);
  }

  /// Whom the request speaks for.
  ///
  /// @param path below the server's root, without the query
  /// @param authorization the header, if it was sent
  /// @throws Refusal 401 or 403, or whatever a fault says
  String admit(String method, String path, @Nullable String authorization) {
    if (faulty) {
      Matcher place = PLACE.matcher(path);
      String region =
          !place.find()
              ? ""
              : place.group(1).equals("zones") ? Catalog.regionOf(place.group(2)) : place.group(2);
      state.rateQuotas().admit(region, method.equals("GET") || path.endsWith("/wait"));
      fault(state.faults());
      requireReachable(path);
    }
    Optional<IssuedTokens.Grant> grant =
        Optional.ofNullable(authorization)
            .filter(header -> header.startsWith("Bearer "))
            .flatMap(header -> tokens.flatMap(known -> known.find(header.substring(7).strip())));
    if (required) {
      check(method, path, grant);
    }
    return grant.map(IssuedTokens.Grant::email).orElse(ANYBODY);
  }

  private static void check(String method, String path, Optional<IssuedTokens.Grant> grant) {
    if (grant.isEmpty()) {
      throw new Refusal(
          401,
          "authError",
          "Request had invalid authentication credentials. Expected OAuth 2 access token, login"
              + " cookie or other valid authentication credential.");
    }
    if (!grant.get().permitsAnyOf(method.equals("GET") ? READING : WRITING)) {
      throw new Refusal(
          403, "insufficientPermissions", "Request had insufficient authentication scopes.");
    }
    if (grant.get().machine()) {
      throw MachineRights.refusal(method, path);
    }
  }

  private void fault(Faults faults) {
    if (happens(faults.errorRate403())) {
      throw Refusal.rateLimitExceeded(state.project().number());
    }
    if (happens(faults.errorRate429())) {
      throw new Refusal(429, "rateLimitExceeded", "Too many requests.");
    }
    if (happens(faults.errorRate503())) {
      throw new Refusal(503, "backendError", "Backend error. Please try again.");
    }
  }

  /// What a zone that does not answer is asked of; that it exists is known without it.
  private void requireReachable(String path) {
    Matcher below = IN_ZONE.matcher(path);
    if (below.find() && state.faults().unreachableZones().contains(below.group(1))) {
      throw new Refusal(503, "backendError", "Backend Error");
    }
  }

  private boolean happens(double rate) {
    return state.plan().happens(FaultPlan.Chance.REFUSAL, rate);
  }
}
