package dev.podium.fleet.vm;

import dev.podium.fleet.CreateRequest;
import dev.podium.fleet.cloud.VmList;
import dev.podium.fleet.model.Vm;
import dev.podium.fleet.model.VmName;
import dev.podium.fleet.model.VmSpec;
import dev.podium.fleet.scaler.Slot;
import dev.podium.wire.model.PodiumException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Requests for VMs, each carried out once. A request whose idempotency key comes again gets the
/// VMs of its first time. It finds them in memory while this process lives, and by the VMs' labels
/// after it. Those that were not made because the cloud had no room or no time are then begun
/// again.
public final class CreateRequests {
  private static final int REMEMBERED = 1_000;

  private final VmSpecs specs;
  private final VmCreation creation;
  private final NameAllocator names;
  private final String fleet;
  private final Map<String, Remembered> byKey =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Remembered(CreateRequest request, List<Item> items) {}

  /// One VM of a request.
  ///
  /// @param over when nothing more is done for it, and its name is free again if it was not made
  /// @param failures how many tries of it the cloud accepted and then failed: it answers a repeat
  ///   of their request ids with the old failure
  private record Item(VmCreation.Pending pending, CompletableFuture<Void> over, int failures) {
    /// Whether the VM was not made, and may be made if it is asked for again.
    boolean mayWorkNow() {
      CompletableFuture<String> running = pending.creation().running();
      return running.state() == Future.State.FAILED && isPassing(running.exceptionNow());
    }

    int nextFailures() {
      boolean accepted = pending.creation().operation().state() == Future.State.SUCCESS;
      return accepted ? failures + 1 : failures;
    }

    private static boolean isPassing(Throwable failure) {
      return failure instanceof PodiumException.NoCapacity
          || failure instanceof PodiumException.RateLimited
          || failure instanceof PodiumException.Unavailable;
    }
  }

  public CreateRequests(VmSpecs specs, VmCreation creation, NameAllocator names, String fleet) {
    this.specs = specs;
    this.creation = creation;
    this.fleet = fleet;
    this.names = names;
  }

  /// Settles names and checks the request, then begins. Blocks for the cloud's list, briefly.
  public List<VmCreation.Pending> create(CreateRequest request) {
    if (Slot.reserves(fleet, request.namePrefix())) {
      throw new PodiumException.Invalid(
          "VMs cannot be named '" + request.namePrefix() + "-1'",
          "the scaler keeps these names for the VMs that it makes",
          "Choose another name, such as 'vm'.");
    }
    // Refused before anything is asked of the cloud, and whatever the number will be.
    VmName sample = new VmName(request.namePrefix() + "-" + request.count());
    specs.of(request, sample, request.zones().getFirst(), Map.of());
    VmList list = names.read();
    List<Vm> known = list.vms();
    Optional<String> key = request.idempotencyKey();
    if (key.isEmpty()) {
      return pending(
          begin(request, names.take(request.namePrefix(), request.count(), known), list));
    }
    synchronized (byKey) {
      Remembered before = byKey.get(key.get());
      if (before == null) {
        requireReached(request, list);
        before = new Remembered(request, begin(request, named(request, known), list));
        byKey.put(key.get(), before);
      }
      if (!before.request().equals(request)) {
        throw new PodiumException.Conflict(
            "The request was not carried out",
            "its idempotency key was used before, for another request",
            "Use a new key for a new request.",
            null);
      }
      if (before.items().stream().anyMatch(Item::mayWorkNow)) {
        before = new Remembered(request, again(request, before.items(), list));
        byKey.put(key.get(), before);
      }
      return pending(before.items());
    }
  }

  /// What an earlier life of this console made for the request may be in a zone that hides it. It
  /// must not be made twice.
  private static void requireReached(CreateRequest request, VmList list) {
    List<String> hidden = request.zones().stream().filter(zone -> !list.reached(zone)).toList();
    if (!hidden.isEmpty()) {
      throw new PodiumException.Unavailable(
          "The request was not carried out",
          "Compute Engine does not reach "
              + String.join(", ", hidden)
              + " at present, where its VMs may be already",
          "Try again when the zone answers, or name other zones with a new key.",
          null);
    }
  }

  private static List<VmCreation.Pending> pending(List<Item> items) {
    return items.stream().map(Item::pending).toList();
  }

  /// The items as they are, and anew those that were not made.
  private List<Item> again(CreateRequest request, List<Item> items, VmList list) {
    List<Vm> known = list.vms();
    Map<String, VmName> made = marked(known);
    List<Item> all = new ArrayList<>();
    for (int index = 0; index < items.size(); index++) {
      Item item = items.get(index);
      if (item.mayWorkNow()) {
        // By then its name is given back; that follows the failure at once.
        item.over().join();
        VmName before = made.get(mark(request, index));
        VmName name =
            before != null
                ? before
                : names.retake(item.pending().creation().name(), request.namePrefix(), known);
        item = begin(request, index, name, item.nextFailures(), list);
      }
      all.add(item);
    }
    return List.copyOf(all);
  }

  /// The names that the same request had in an earlier life of this console, then new ones.
  private List<VmName> named(CreateRequest request, List<Vm> known) {
    Map<String, VmName> byMark = marked(known);
    List<VmName> settled = new ArrayList<>();
    for (int index = 0; index < request.count(); index++) {
      VmName before = byMark.get(mark(request, index));
      settled.add(before != null ? before : names.take(request.namePrefix(), 1, known).getFirst());
    }
    return settled;
  }

  private static Map<String, VmName> marked(List<Vm> known) {
    Map<String, VmName> byMark = new HashMap<>();
    known.forEach(vm -> {
      String mark = vm.labels().get(VmCreation.REQUEST_LABEL);
      if (mark != null) {
        byMark.put(mark, vm.name());
      }
    });
    return byMark;
  }

  private List<Item> begin(CreateRequest request, List<VmName> settled, VmList list) {
    List<Item> all = new ArrayList<>();
    for (int index = 0; index < settled.size(); index++) {
      all.add(begin(request, index, settled.get(index), 0, list));
    }
    return List.copyOf(all);
  }

  private Item begin(CreateRequest request, int index, VmName name, int failures, VmList list) {
    VmCreation.Pending pending = VmCreation.Pending.of(name);
    Optional<Vm> existing = list.vms().stream().filter(vm -> vm.name().equals(name)).findFirst();
    if (existing.isPresent()) {
      creation.follow(pending, existing.get());
      return new Item(pending, CompletableFuture.completedFuture(null), failures);
    }
    Map<String, String> labels =
        request.idempotencyKey().isPresent()
            ? Map.of(VmCreation.REQUEST_LABEL, mark(request, index))
            : Map.of();
    Function<VmName, VmCreation.Attempt> under =
        one -> attempt(request, one, list, labels, requestId(request, one, failures));
    CompletableFuture<Void> over =
        CompletableFuture.runAsync(
            () -> run(pending, request.namePrefix(), under),
            task -> Thread.ofVirtual().start(task));
    return new Item(pending, over, failures);
  }

  private VmCreation.Attempt attempt(
      CreateRequest request, VmName name, VmList list, Map<String, String> labels, UUID requestId) {
    // A zone that does not answer is asked last: in the others somebody gets a VM now.
    List<VmSpec> inOrder =
        request.zones().stream()
            .sorted(Comparator.comparing(zone -> !list.reached(zone)))
            .map(zone -> specs.of(request, name, zone, labels))
            .toList();
    return new VmCreation.Attempt(name, inOrder, requestId);
  }

  private void run(
      VmCreation.Pending pending, String prefix, Function<VmName, VmCreation.Attempt> under) {
    creation.run(
        pending,
        under.apply(pending.creation().name()),
        // Read again: whoever took the name may have taken those after it.
        () -> under.apply(names.take(prefix, 1, names.read().vms()).getFirst()));
    boolean nameIsTaken =
        pending.creation().operation().isCompletedExceptionally()
            && pending.creation().operation().exceptionNow()
                instanceof PodiumException.AlreadyExists;
    if (!nameIsTaken) {
      names.release(pending.creation().name());
    }
  }

  private static UUID requestId(CreateRequest request, VmName name, int failures) {
    String more = failures == 0 ? "" : "/" + failures;
    return request
        .idempotencyKey()
        .map(key ->
            UUID.nameUUIDFromBytes(
                ("podium-create-" + key + "/" + name + more).getBytes(StandardCharsets.UTF_8)))
        .orElseGet(UUID::randomUUID);
  }

  private static String mark(CreateRequest request, int index) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(request.idempotencyKey().orElse("").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12) + "-" + index;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
