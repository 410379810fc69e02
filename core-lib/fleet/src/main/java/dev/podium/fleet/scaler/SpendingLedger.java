package dev.podium.fleet.scaler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.podium.wire.model.PodiumException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a fleet has cost since it was given a total budget. It is kept from one start of the
/// console to the next, because a budget that began anew would be none. May be used from any
/// thread.
public final class SpendingLedger {
  private static final Logger LOG = LoggerFactory.getLogger(SpendingLedger.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<Store> store;
  private final Executor writer;
  private final Spending first;
  private final AtomicReference<@Nullable Spending> unwritten = new AtomicReference<>();

  private SpendingLedger(Optional<Store> store, Executor writer, Spending first) {
    this.store = store;
    this.writer = writer;
    this.first = first;
  }

  /// Where a text is kept from one start to the next. All methods block and may throw a
  /// [PodiumException]; from any thread.
  public interface Store {
    /// Nothing if none was kept.
    Optional<String> read();

    /// Replaces it, all or nothing.
    void write(String text);

    /// Keeps a text that cannot be used elsewhere, so that the next one does not replace it.
    ///
    /// @return where
    String putAside();
  }

  /// One that keeps nothing.
  public static SpendingLedger none() {
    return new SpendingLedger(Optional.empty(), Runnable::run, Spending.NONE);
  }

  /// Reads what was kept. Blocks. A text that cannot be used is put aside, and said so in the log;
  /// counting begins anew then.
  ///
  /// @param writer on which it is written, later; may block
  public static SpendingLedger open(Store store, Executor writer) {
    return new SpendingLedger(Optional.of(store), writer, read(store));
  }

  private static Spending read(Store store) {
    try {
      Optional<String> text = store.read();
      return text.isEmpty() ? Spending.NONE : parse(text.get());
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException damaged) {
      LOG.warn(
          "What the fleet has cost is counted anew: what was kept is damaged, and is '{}' now.",
          store.putAside());
    } catch (PodiumException unreadable) {
      LOG.warn("What the fleet has cost is counted anew: {}", unreadable.inFull());
    }
    return Spending.NONE;
  }

  /// What was kept when this was opened.
  Spending first() {
    return first;
  }

  /// Keeps this from now on. Returns at once.
  void keep(Spending spending) {
    if (store.isPresent()) {
      unwritten.set(spending);
      writer.execute(this::flush);
    }
  }

  /// Writes what is not written yet. Blocks on the disk.
  synchronized void flush() {
    Spending next = unwritten.getAndSet(null);
    if (next == null || store.isEmpty()) {
      return;
    }
    try {
      store.get().write(text(next).toPrettyString() + "\n");
    } catch (PodiumException unwritable) {
      LOG.warn("What the fleet has cost is not kept: {}", unwritable.inFull());
    }
  }

  private static ObjectNode text(Spending spending) {
    ObjectNode json = JSON.createObjectNode();
    json.put("ended", spending.ended());
    ObjectNode running = json.putObject("running");
    spending
        .running()
        .forEach((id, one) -> {
          ObjectNode vm = running.putObject(id);
          vm.put("created", one.created().toString());
          vm.put("costPerHour", one.price());
          one.limit().ifPresent(limit -> vm.put("runLimit", limit.toString()));
        });
    return json;
  }

  private static Spending parse(String text) throws JsonProcessingException {
    JsonNode json = JSON.readTree(text);
    if (!json.path("ended").isNumber()) {
      throw new IllegalArgumentException("It does not say what was spent");
    }
    Map<String, Spending.Running> running = new HashMap<>();
    json.path("running")
        .properties()
        .forEach(entry -> {
          JsonNode vm = entry.getValue();
          running.put(
              entry.getKey(),
              new Spending.Running(
                  Instant.parse(vm.path("created").asText()),
                  vm.path("costPerHour").asDouble(),
                  Optional.ofNullable(vm.get("runLimit"))
                      .map(limit -> Duration.parse(limit.asText()))));
        });
    return new Spending(json.path("ended").asDouble(), Map.copyOf(running));
  }
}
