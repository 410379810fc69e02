package dev.podium.localcloud.compute.list;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.localcloud.compute.request.Call;
import dev.podium.localcloud.compute.request.ComputeJson;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Lists: filtered, ordered, in pages.
///
/// A page's token holds the order key of its last item, not a count. So what comes and goes between
/// two pages neither repeats nor hides another item.
public final class Listing {
  /// The most and the usual number of items on a page; 0 means the usual number.
  private static final int MOST = 500;

  private static final String TOKEN_MARK = "after:";

  /// Something that can be listed.
  ///
  /// @param json written only if it is needed
  public record Item(Scope scope, String name, Instant created, Supplier<ObjectNode> json) {
    String place() {
      return scope.path() + '/' + name;
    }

    /// Whether it comes behind a place, as [Shelf#behind] wants.
    public boolean isBehind(String place) {
      return place().compareTo(place) > 0;
    }
  }

  /// Many items that are kept in the order of their places (`zones/Z/NAME`) already, so that a page
  /// looks only at what comes on it.
  public interface Shelf {
    /// The items behind a place, in order; all of them for the empty place.
    Stream<Item> behind(String place);
  }

  /// What surrounds a list of all places.
  ///
  /// @param member under which each place keeps its items
  /// @param scopes all places, also those without items
  public record Aggregate(String kind, String self, String member, List<Scope> scopes) {}

  private final Supplier<Set<String>> unreachable;

  /// @param unreachable the zones that do not answer at present
  public Listing(Supplier<Set<String>> unreachable) {
    this.unreachable = unreachable;
  }

  private record Found(Item item, ObjectNode json) {}

  private record Page(List<Found> found, Optional<String> token) {}

  /// A list of one place.
  public ObjectNode page(Call call, String kind, String self, Stream<Item> items) {
    return page(call, kind, self, sorted(items));
  }

  /// A list of one place.
  public ObjectNode page(Call call, String kind, String self, Shelf items) {
    Page page = select(call, items);
    ObjectNode node = head(kind, self, page);
    if (!page.found().isEmpty()) {
      ArrayNode list = node.putArray("items");
      page.found().forEach(found -> list.add(found.json()));
    }
    return node;
  }

  /// A list of all places. Each has its entry on every page, with a warning where it has no item.
  public ObjectNode aggregated(Call call, Aggregate aggregate, Stream<Item> items) {
    return aggregated(call, aggregate, sorted(items));
  }

  /// A list of all places. Each has its entry on every page, with a warning where it has no item.
  public ObjectNode aggregated(Call call, Aggregate aggregate, Shelf items) {
    Set<String> lost = unreachable.get();
    Page page =
        select(call, place -> items.behind(place).filter(item -> !isLost(lost, item.scope())));
    ObjectNode node = head(aggregate.kind(), aggregate.self(), page);
    Map<Scope, List<ObjectNode>> byScope = new LinkedHashMap<>();
    aggregate.scopes().forEach(scope -> byScope.put(scope, new ArrayList<>()));
    page.found()
        .forEach(found ->
            byScope
                .computeIfAbsent(found.item().scope(), scope -> new ArrayList<>())
                .add(found.json()));
    ObjectNode places = node.putObject("items");
    byScope.forEach((scope, found) -> {
      ObjectNode place = places.putObject(scope.path());
      if (isLost(lost, scope)) {
        warnOfSilence(place, scope);
        node.withArray("unreachables").add(scope.path());
      } else if (found.isEmpty()) {
        warnOfNothing(place, scope);
      } else {
        place.putArray(aggregate.member()).addAll(found);
      }
    });
    return node;
  }

  private static boolean isLost(Set<String> unreachable, Scope scope) {
    return scope.zonal() && unreachable.contains(scope.place());
  }

  private static ObjectNode head(String kind, String self, Page page) {
    ObjectNode node = ComputeJson.object();
    node.put("kind", kind);
    node.put("id", "projects/" + self.substring(self.indexOf("/projects/") + 10));
    node.put("selfLink", self);
    page.token().ifPresent(token -> node.put("nextPageToken", token));
    return node;
  }

  private static void warnOfNothing(ObjectNode place, Scope scope) {
    ObjectNode warning = place.putObject("warning");
    warning.put("code", "NO_RESULTS_ON_PAGE");
    warning.put("message", "There are no results for scope '" + scope.path() + "' on this page.");
    warning.putArray("data").addObject().put("key", "scope").put("value", scope.path());
  }

  private static void warnOfSilence(ObjectNode place, Scope scope) {
    ObjectNode warning = place.putObject("warning");
    warning.put("code", "UNREACHABLE");
    warning.put("message", "The scope '" + scope.path() + "' could not be reached.");
    warning.putArray("data").addObject().put("key", "scope").put("value", scope.path());
  }

  private static Shelf sorted(Stream<Item> items) {
    return place ->
        items.filter(item -> item.isBehind(place)).sorted(Comparator.comparing(Item::place));
  }

  private static Page select(Call call, Shelf items) {
    Filter filter = call.query("filter").map(Filters::parse).orElse(Filter.ALL);
    boolean newestFirst = newestFirst(call);
    if (newestFirst && call.query("filter").isPresent()) {
      throw Refusal.invalidField(
          "orderBy",
          "creationTimestamp",
          "Specifying both a list filter and sort order is not currently supported.");
    }
    String after = call.query("pageToken").map(Listing::readToken).orElse("");
    int most = most(call);
    Stream<Item> ordered = newestFirst ? newestFirst(items, after) : items.behind(after);
    List<Found> found = new ArrayList<>();
    for (Iterator<Item> rest = ordered.iterator(); rest.hasNext(); ) {
      Item item = rest.next();
      ObjectNode json = item.json().get();
      if (!filter.matches(json)) {
        continue;
      }
      if (found.size() == most) {
        Item last = found.getLast().item();
        return new Page(found, Optional.of(writeToken(newestFirst ? age(last) : last.place())));
      }
      found.add(new Found(item, json));
    }
    return new Page(found, Optional.empty());
  }

  private static Stream<Item> newestFirst(Shelf items, String after) {
    return items
        .behind("")
        .filter(item -> age(item).compareTo(after) > 0)
        .sorted(Comparator.comparing(Listing::age));
  }

  /// Sorts the newest item first, and items of the same moment by their places.
  private static String age(Item item) {
    long key = Long.MAX_VALUE - item.created().toEpochMilli();
    return String.format("%019d/%s", key, item.place());
  }

  private static boolean newestFirst(Call call) {
    return switch (call.query("orderBy").orElse("name")) {
      case "name" -> false;
      case "creationTimestamp desc" -> true;
      default ->
          throw Refusal.invalidField(
              "orderBy",
              call.query("orderBy").orElse(""),
              "Only 'name' and 'creationTimestamp desc' are supported.");
    };
  }

  private static int most(Call call) {
    String text = call.query("maxResults").orElse("0");
    try {
      int wanted = Integer.parseInt(text);
      if (wanted >= 0 && wanted <= MOST) {
        return wanted == 0 ? MOST : wanted;
      }
    } catch (NumberFormatException malformed) {
      // Refused below, like a number that is out of range.
    }
    throw Refusal.invalidField("maxResults", text, "Value must be between 0 and 500, inclusive.");
  }

  private static String writeToken(String key) {
    byte[] bytes = (TOKEN_MARK + key).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String readToken(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith(TOKEN_MARK)) {
        return text.substring(TOKEN_MARK.length());
      }
    } catch (IllegalArgumentException malformed) {
      // Refused below, like a token of somebody else.
    }
    throw Refusal.invalidField("pageToken", token, "The page token is invalid.");
  }
}
