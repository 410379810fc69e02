package dev.podium.localcloud.metadata;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.podium.localcloud.state.compute.ComputeState;
import dev.podium.localcloud.state.instance.Instance;
import dev.podium.localcloud.state.instance.InstanceSpec.ServiceAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Answers one machine. Each request has a virtual thread, because waiting for a change blocks.
final class MetadataService implements HttpService {
  private static final String ROOT = "/computeMetadata/v1/";
  private static final String FLAVOR = "Metadata-Flavor";

  private final ComputeState state;
  private final MachineTokens tokens;
  private final String address;
  private final Supplier<Optional<Instance>> instance;
  private final Executor executor;

  /// @param address the machine's own
  /// @param instance the machine as it is now, if it is still there
  MetadataService(
      ComputeState state,
      MachineTokens tokens,
      String address,
      Supplier<Optional<Instance>> instance,
      Executor executor) {
    this.state = state;
    this.tokens = tokens;
    this.address = address;
    this.instance = instance;
    this.executor = executor;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    return HttpResponse.of(
        request.aggregate().thenApplyAsync(whole -> write(answer(whole), whole), executor));
  }

  /// A refusal before anything is read.
  static HttpResponse forbidden(HttpRequest request, String sentence) {
    return HttpResponse.of(
        request.aggregate().thenApply(whole -> write(Reply.forbidden(sentence), whole)));
  }

  private static HttpResponse write(Reply reply, AggregatedHttpRequest request) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(reply.status())
            .add(FLAVOR, "Google")
            .add("Server", "Metadata Server for VM")
            .add("Content-Type", reply.type())
            .add("X-XSS-Protection", "0")
            .add("X-Frame-Options", "SAMEORIGIN");
    if (reply.status() == 301) {
      headers.add("Location", pathOf(request) + "/" + queryOf(request));
    } else {
      headers.add("ETag", reply.etag());
    }
    return HttpResponse.of(headers.build(), HttpData.ofUtf8(reply.body()));
  }

  private static String pathOf(AggregatedHttpRequest request) {
    int mark = request.path().indexOf('?');
    return mark < 0 ? request.path() : request.path().substring(0, mark);
  }

  private static String queryOf(AggregatedHttpRequest request) {
    int mark = request.path().indexOf('?');
    return mark < 0 ? "" : request.path().substring(mark);
  }

  private Reply answer(AggregatedHttpRequest request) {
    String path = pathOf(request);
    if (path.equals("/") || path.equals("/computeMetadata/")) {
      return Reply.text(path.equals("/") ? "computeMetadata/\n" : "v1/\n");
    }
    if (!"Google".equalsIgnoreCase(request.headers().get("metadata-flavor"))) {
      return Reply.forbidden("Missing Metadata-Flavor:Google header.");
    }
    if (request.headers().contains("x-forwarded-for")) {
      return Reply.forbidden("Requests that were forwarded are refused.");
    }
    if (!path.startsWith(ROOT) && !(path + "/").equals(ROOT)) {
      return Reply.missing();
    }
    Query query = Query.of(QueryParams.fromQueryString(queryOf(request).replaceFirst("^\\?", "")));
    String below = path.length() < ROOT.length() ? "" : path.substring(ROOT.length());
    if (below.startsWith(GuestAttributes.PATH)) {
      return new GuestAttributes(state)
          .answer(request.method(), below, request.contentUtf8(), instance.get());
    }
    return switch (request.method()) {
      case GET, HEAD -> read(below, query);
      default -> new Reply(405, "text/html; charset=UTF-8", "");
    };
  }

  /// Reads once, or until the answer differs from what the caller has seen.
  private Reply read(String path, Query query) {
    long seen = state.changes().revision();
    Reply reply = readNow(path, query);
    if (!query.awaited() || reply.status() != 200) {
      return reply;
    }
    String known = query.lastEtag().orElse(reply.etag());
    Instant end = Instant.now().plus(query.timeout());
    try {
      while (reply.status() == 200 && reply.etag().equals(known)) {
        Duration left = Duration.between(Instant.now(), end);
        if (!left.isPositive() || !state.changes().awaitAfter(seen, left)) {
          return reply;
        }
        seen = state.changes().revision();
        reply = readNow(path, query);
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
    return reply;
  }

  private Reply readNow(String path, Query query) {
    Optional<Instance> present = instance.get();
    if (present.isEmpty()) {
      return Reply.missing();
    }
    List<String> steps = new ArrayList<>(List.of(path.split("/", -1)));
    steps.removeIf(String::isEmpty);
    Entry entry = MetadataTree.of(state, present.get(), address);
    for (int i = 0; i < steps.size(); i++) {
      Optional<Entry> next = entry.child(steps.get(i));
      if (next.isEmpty()) {
        return i == 3 && steps.size() == 4
            ? credential(steps, query, present.get())
            : Reply.missing();
      }
      entry = next.get();
    }
    return render(entry, path, query);
  }

  private static Reply render(Entry entry, String path, Query query) {
    if (entry instanceof Entry.Value value) {
      return query.json() ? Reply.json(value.json()) : Reply.text(value.text());
    }
    if (query.recursive()) {
      return query.text() ? Reply.text(Flattening.lines(entry)) : Reply.json(entry.json());
    }
    if (!path.isEmpty() && !path.endsWith("/")) {
      return new Reply(301, "text/html; charset=UTF-8", "");
    }
    return query.json() ? Reply.json(entry.json()) : Reply.text(entry.listing());
  }

  /// `instance/service-accounts/{account}/token` and `…/identity`.
  private Reply credential(List<String> steps, Query query, Instance present) {
    Optional<ServiceAccount> account = present.spec().serviceAccount();
    if (account.isEmpty() || !steps.get(1).equals("service-accounts")) {
      return Reply.missing();
    }
    return switch (steps.get(3)) {
      case "token" -> token(present, account.get(), query);
      case "identity" -> identity(present, account.get(), query);
      default -> Reply.missing();
    };
  }

  private Reply token(Instance present, ServiceAccount account, Query query) {
    MachineTokens.Issued issued = tokens.access(present, account, query.scopes());
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("access_token", issued.token());
    node.put("expires_in", Duration.between(state.timeline().now(), issued.expires()).toSeconds());
    node.put("token_type", "Bearer");
    return Reply.json(node);
  }

  private Reply identity(Instance present, ServiceAccount account, Query query) {
    if (query.audience().isEmpty()) {
      return Reply.malformed("non-empty audience parameter required");
    }
    return new Reply(
        200,
        "text/html",
        tokens.identity(state.project(), present, account, query.audience().get(), query.full()));
  }
}
