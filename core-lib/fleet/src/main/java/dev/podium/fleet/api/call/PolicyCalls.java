package dev.podium.fleet.api.call;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.fleet.Fleet;
import dev.podium.fleet.api.http.EntityTags;
import dev.podium.fleet.api.http.Problem;
import dev.podium.fleet.api.http.RefusedRequest;
import dev.podium.fleet.api.http.RequestBody;
import dev.podium.fleet.policy.PolicyDraft;
import dev.podium.fleet.policy.PolicyMember;
import dev.podium.fleet.policy.PolicyMember.Span;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `GET` and `PUT /v1/policy`: by what the fleet is run. A PUT replaces the whole, but for an
/// access code that it does not name, so that programs which know of none lock nobody out; with
/// `If-Match` it is refused if somebody else changed the policy since it was read.
public final class PolicyCalls {
  private static final String MISSING = "It is missing.";

  private final Fleet fleet;

  public PolicyCalls(Fleet fleet) {
    this.fleet = fleet;
  }

  public HttpResponse get(ServiceRequestContext context, String body) {
    boolean known =
        EntityTags.of(header(context, "if-none-match"))
            .filter(tags -> tags.name(tag()))
            .isPresent();
    return known
        ? HttpResponse.of(
            ResponseHeaders.builder(HttpStatus.NOT_MODIFIED).add("etag", tag()).build())
        : answer();
  }

  private static Optional<String> header(ServiceRequestContext context, String name) {
    List<String> values = context.request().headers().getAll(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  // One at a time, so that nothing comes between the comparison and the change.
  public synchronized HttpResponse put(ServiceRequestContext context, String body) {
    Optional<EntityTags> read = EntityTags.of(header(context, "if-match"));
    if (read.isPresent() && !read.get().permitChangeOf(tag())) {
      throw new RefusedRequest(
          new Problem(
              412,
              "conflict",
              "The policy was changed since it was read.",
              "Read it again, then decide again."));
    }
    RequestBody request =
        RequestBody.parse(
            body,
            Arrays.stream(PolicyMember.values())
                .map(PolicyMember::json)
                .collect(Collectors.toSet()));
    Map<PolicyMember, String> texts = PolicyJson.read(request.json());
    texts.putIfAbsent(PolicyMember.ACCESS_CODE, PolicyMember.Code.KEPT);
    Map<PolicyMember, String> faults = fleet.setPolicy(new PolicyDraft(texts));
    if (!faults.isEmpty()) {
      throw new RefusedRequest(refusal(faults, texts));
    }
    return answer();
  }

  private static Problem refusal(
      Map<PolicyMember, String> faults, Map<PolicyMember, String> texts) {
    Map<String, String> byField = new TreeMap<>();
    faults.forEach((member, fault) -> byField.put(member.json(), sentence(member, fault, texts)));
    String detail =
        byField.entrySet().stream()
            .map(fault -> fault.getKey() + ": " + fault.getValue())
            .collect(Collectors.joining(" "));
    return new Problem(
        400,
        "invalid",
        "The policy cannot be used. " + detail,
        "Correct what is named; /openapi.json describes it.",
        byField);
  }

  private static String sentence(
      PolicyMember member, String fault, Map<PolicyMember, String> texts) {
    if (!texts.containsKey(member)) {
      return MISSING;
    }
    return member.form() instanceof Span ? "In seconds. " + fault : fault;
  }

  private HttpResponse answer() {
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(MediaType.JSON)
            .add("cache-control", "no-store")
            .add("etag", tag())
            .build(),
        HttpData.ofUtf8(json()));
  }

  private String json() {
    return PolicyJson.write(PolicyDraft.of(fleet.policy())).toString();
  }

  /// Of the whole, because the answer looks the same with another access code.
  private String tag() {
    return "\"" + Integer.toHexString(PolicyDraft.of(fleet.policy()).named().hashCode()) + "\"";
  }
}
