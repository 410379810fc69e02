package dev.podium.fleet.api.instance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpData;
import dev.podium.fleet.api.http.PageToken;
import dev.podium.fleet.event.EventStream;
import dev.podium.fleet.event.FleetEvent;
import dev.podium.fleet.model.Evidence;
import dev.podium.fleet.model.FleetVm;
import dev.podium.wire.model.AccessProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The fleet as JSON, ready to be sent. Each VM is encoded once for each of its changes and its
/// bytes are kept; only its age, which changes by itself, is written at each answer. A whole list
/// is kept for as long as no VM changes and the second does not.
public final class InstanceList implements AutoCloseable {
  private static final String LIST = "instances";
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] HEAD = "{\"instances\":[".getBytes(StandardCharsets.UTF_8);
  private static final byte[] TAIL = "],\"nextPageToken\":\"".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = "\"}".getBytes(StandardCharsets.UTF_8);

  private final InstantSource clock;
  private final NavigableMap<String, Row> byName = new ConcurrentSkipListMap<>();
  private final Map<String, String> nameById = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong();
  private final EventStream.Subscription subscription;
  private volatile @Nullable Whole whole;

  private record Whole(long version, long second, HttpData body) {}

  /// A VM and, once somebody asked, its bytes up to the age.
  private static final class Row {
    final FleetVm vm;
    volatile byte @Nullable [] bytes;

    Row(FleetVm vm) {
      this.vm = vm;
    }

    byte[] bytes() {
      byte[] known = bytes;
      if (known == null) {
        known = encode(vm, false);
        bytes = known;
      }
      return known;
    }
  }

  public InstanceList(EventStream events, InstantSource clock) {
    this.clock = clock;
    this.subscription = events.subscribe(this::accept);
  }

  private void accept(FleetEvent event) {
    switch (event) {
      case FleetEvent.VmChanged(FleetVm vm) -> {
        String key = vm.name().value() + " " + vm.vm().id();
        nameById.put(vm.vm().id(), key);
        byName.put(key, new Row(vm));
        version.incrementAndGet();
      }
      case FleetEvent.VmGone gone -> {
        String key = nameById.remove(gone.id());
        if (key != null) {
          byName.remove(key);
          version.incrementAndGet();
        }
      }
      case FleetEvent.Activity _, FleetEvent.MonitorTicked _ -> {}
    }
  }

  /// Every VM, in the order of names.
  public HttpData all() {
    long second = clock.instant().getEpochSecond();
    long now = version.get();
    Whole kept = whole;
    if (kept != null && kept.version() == now && kept.second() == second) {
      return kept.body();
    }
    HttpData body = HttpData.wrap(page(byName.values(), Integer.MAX_VALUE, _ -> true));
    whole = new Whole(now, second, body);
    return body;
  }

  /// A page of those that the filter lets through.
  ///
  /// @param token of the page before; empty for the first
  public HttpData page(Predicate<FleetVm> filter, int size, String token) {
    Collection<Row> rows =
        token.isEmpty()
            ? byName.values()
            : byName.tailMap(PageToken.read(LIST, token), false).values();
    return HttpData.wrap(page(rows, size, filter));
  }

  private byte[] page(Collection<Row> rows, int size, Predicate<FleetVm> filter) {
    Output out = new Output(256 + Math.min(rows.size(), size) * 640);
    out.write(HEAD);
    int count = 0;
    String last = "";
    String next = "";
    for (Row row : rows) {
      if (!filter.test(row.vm)) {
        continue;
      }
      if (count == size) {
        next = PageToken.of(LIST, last);
        break;
      }
      if (count++ > 0) {
        out.write(',');
      }
      out.write(row.bytes());
      out.number(ageSeconds(row.vm));
      out.write('}');
      last = row.vm.name().value() + " " + row.vm.vm().id();
    }
    out.write(TAIL);
    out.write(next.getBytes(StandardCharsets.UTF_8));
    out.write(END);
    return out.toByteArray();
  }

  /// One VM, with the evidence for its verdict.
  public HttpData one(FleetVm vm) {
    Output out = new Output(2_048);
    out.write(encode(vm, true));
    out.number(ageSeconds(vm));
    out.write('}');
    return HttpData.wrap(out.toByteArray());
  }

  /// The VMs that are there now.
  public Collection<FleetVm> vms() {
    return byName.values().stream().map(row -> row.vm).toList();
  }

  private long ageSeconds(FleetVm vm) {
    return Math.max(0, Duration.between(vm.vm().created(), clock.instant()).toSeconds());
  }

  private static byte[] encode(FleetVm vm, boolean evidence) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(640);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      // What is open at the end is left open: the age follows.
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      json.writeStartObject();
      json.writeStringField("name", vm.name().value());
      json.writeStringField("id", vm.vm().id());
      json.writeStringField("zone", vm.vm().zone());
      json.writeStringField("status", vm.vm().state().name());
      json.writeStringField("health", vm.health().name());
      json.writeStringField("reason", vm.verdict().reason());
      json.writeStringField("since", vm.verdict().since().toString());
      writeOptional(json, "chatUrl", vm.vm().chatUrl().map(Object::toString));
      json.writeNumberField("participants", vm.participants().present());
      json.writeNumberField("seats", vm.participants().seats());
      if (vm.idle().isPresent()) {
        json.writeNumberField("idleSeconds", vm.idle().get().toSeconds());
      } else {
        json.writeNullField("idleSeconds");
      }
      writeOptional(json, "lastHeartbeat", vm.lastHeartbeat().map(Object::toString));
      json.writeStringField("machineType", vm.vm().machineType());
      json.writeNumberField("costPerHour", vm.costPerHour());
      json.writeBooleanField("priceKnown", vm.priceKnown());
      json.writeStringField("owner", vm.vm().owner());
      json.writeStringField("serviceAccount", vm.vm().resources().serviceAccount());
      writeOptional(json, "accessProblem", vm.access().map(AccessProblem::code));
      json.writeBooleanField("pinned", vm.vm().pinned());
      writeOptional(json, "heldUntil", vm.vm().heldUntil().map(Object::toString));
      json.writeBooleanField("spot", vm.vm().spot());
      json.writeStringField("created", vm.vm().created().toString());
      json.writeObjectFieldStart("labels");
      for (Map.Entry<String, String> label : vm.vm().labels().entrySet()) {
        json.writeStringField(label.getKey(), label.getValue());
      }
      json.writeEndObject();
      if (evidence) {
        writeEvidence(json, vm);
      }
      json.writeFieldName("ageSeconds");
      json.writeRawValue("");
    } catch (IOException e) {
      throw new UncheckedIOException("Memory does not fail to be written", e);
    }
    return out.toByteArray();
  }

  private static void writeEvidence(JsonGenerator json, FleetVm vm) throws IOException {
    json.writeArrayFieldStart("evidence");
    for (Evidence evidence : vm.verdict().evidence()) {
      json.writeStartObject();
      json.writeStringField("channel", evidence.channel().name());
      json.writeStringField("at", evidence.at().toString());
      json.writeStringField("finding", evidence.finding());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeOptional(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    } else {
      json.writeNullField(name);
    }
  }

  @Override
  public void close() {
    subscription.close();
  }

  /// A byte buffer without locks.
  private static final class Output {
    private byte[] bytes;
    private int length;

    Output(int capacity) {
      bytes = new byte[capacity];
    }

    void write(byte[] more) {
      reserve(more.length);
      System.arraycopy(more, 0, bytes, length, more.length);
      length += more.length;
    }

    void write(char ascii) {
      reserve(1);
      bytes[length++] = (byte) ascii;
    }

    void number(long value) {
      write(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
    }

    byte[] toByteArray() {
      return java.util.Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
      if (length + more > bytes.length) {
        bytes = java.util.Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
      }
    }
  }
}
