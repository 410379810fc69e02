package dev.podium.localcloud.compute;

import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.fault.FaultPlan;
import dev.podium.localcloud.state.fault.Faults;
import dev.podium.localcloud.state.place.Catalog;
import dev.podium.localcloud.state.project.Access;
import dev.podium.localcloud.state.project.Administration;
import dev.podium.localcloud.state.token.IssuedTokens;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decides which requests come in: those with a person's good token where tokens are required, and
/// none that a fault keeps out.
public final class RequestAdmission {
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
  private final Optional<Access> access;

  private RequestAdmission(
      ComputeState state, Optional<IssuedTokens> tokens, Optional<Access> access) {
    this.state = state;
    this.tokens = tokens;
    this.access = access;
  }

  /// @param access says who may do what, and whether a request without a good token is refused
  public static RequestAdmission checking(ComputeState state, IssuedTokens tokens, Access access) {
    return new RequestAdmission(state, Optional.of(tokens), Optional.of(access));
  }

  /// Lets everybody in, whatever else goes wrong.
  static RequestAdmission open(ComputeState state) {
    return new RequestAdmission(state, Optional.empty(), Optional.empty());
  }

  /// Whom the request speaks for.
  ///
  /// @param path below the server's root, without the query
  /// @param authorization the header, if it was sent
  /// @throws Refusal 401 or 403, or whatever a fault says
  String admit(String method, String path, @Nullable String authorization) {
    if (access.isPresent()) {
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
    if (access.isPresent()) {
      if (access.get().required()) {
        requireToken(method, grant);
      }
      requireRight(access.get(), method, path, grant);
    }
    return user(grant);
  }

  private static String user(Optional<IssuedTokens.Grant> grant) {
    return grant.map(IssuedTokens.Grant::email).orElse(Administration.OWNER);
  }

  private static void requireRight(
      Access access, String method, String path, Optional<IssuedTokens.Grant> grant) {
    access.requireOn("Compute Engine", "compute.googleapis.com");
    access.requireBilled();
    boolean machine = grant.map(IssuedTokens.Grant::machine).orElse(false);
    ComputePermissions needed = ComputePermissions.of(method, path);
    if (!access.allows(user(grant), machine, needed.name())) {
      throw needed.refusal();
    }
  }

  private static void requireToken(String method, Optional<IssuedTokens.Grant> grant) {
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
