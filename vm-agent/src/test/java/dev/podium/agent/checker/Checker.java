package dev.podium.agent.checker;

import dev.podium.agent.checker.Nemesis.Misfortune;
import dev.podium.agent.checker.Nemesis.Step;
import dev.podium.bench.Emulator;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/// One run: people on three VMs write and read while the nemesis does its work; then everything is
/// well again, everybody comes back, and the judge looks.
///
/// Arguments: how many messages, 10,000 if none; `emulator` if Pub/Sub is to be Google's emulator;
/// `rogue` if one VM is to be in strange hands; the seed, drawn if none. Ends with 1 if the verdict
/// is bad.
final class Checker {
  private static final int VMS = 3;
  private static final long SETTLE_SECONDS = 120;

  /// So many who did not come back are named.
  private static final int NAMED = 12;

  /// A VM lives for a minute or two here: the JVM's second compiler would cost more than it saves,
  /// and the VMs share one computer.
  private static final List<String> AGENT = Machines.agent("-XX:TieredStopAtLevel=1");

  /// What Google's emulator cannot be made to do.
  private static final Set<Misfortune> NOT_ON_EMULATOR =
      EnumSet.of(Misfortune.ERRORS, Misfortune.DUPLICATES, Misfortune.DELAY);

  private final Scale scale;
  private final Machines machines;
  private final World world;
  private final PrintStream out;
  private final List<Machines.Running> living = new ArrayList<>();
  private final List<String> coming = new ArrayList<>();
  private final Misfortunes misfortunes;

  /// How large a run is: it lasts as many rounds of all misfortunes as the messages need.
  ///
  /// @param writers in each room
  /// @param readers in each room, beside one who comes when half is said
  /// @param paceMillis between two messages of one writer, on average
  /// @param longestMillis how long a misfortune lasts at most
  /// @param rogue whether one VM is in strange hands
  record Scale(
      int messages,
      int rooms,
      int writers,
      int readers,
      long paceMillis,
      long longestMillis,
      List<Misfortune> misfortunes,
      boolean rogue) {
    /// The same without what Google's emulator cannot be made to do.
    Scale onEmulator() {
      List<Misfortune> possible =
          misfortunes.stream().filter(what -> !NOT_ON_EMULATOR.contains(what)).toList();
      return new Scale(
          messages, rooms, writers, readers, paceMillis, longestMillis, possible, rogue);
    }
  }

  private Checker(Scale scale, Machines machines, World world, PrintStream out) {
    this.scale = scale;
    this.machines = machines;
    this.world = world;
    this.out = out;
    this.misfortunes = new Misfortunes(machines, world, living, coming);
  }

  /// Runs one and says what it does.
  static Verdict run(Scale scale, long seed, Path folder, PrintStream out)
      throws IOException, InterruptedException {
    return run(scale, seed, folder, Optional.empty(), out);
  }

  /// The same with Google's emulator for Pub/Sub.
  static Verdict run(Scale scale, long seed, Path folder, Emulator emulator, PrintStream out)
      throws IOException, InterruptedException {
    out.printf(
        "With Google's emulator; it cannot be made to do these, and they are left out: %s%n",
        NOT_ON_EMULATOR);
    return run(scale.onEmulator(), seed, folder, Optional.of(emulator), out);
  }

  private static Verdict run(
      Scale scale, long seed, Path folder, Optional<Emulator> emulator, PrintStream out)
      throws IOException, InterruptedException {
    out.printf("Checker: seed %d, %s%n", seed, scale);
    try (Machines machines = new Machines(AGENT, seed, folder, emulator, scale.rogue());
        World world = new World(seed, machines::isPlace)) {
      return new Checker(scale, machines, world, out).run(seed);
    }
  }

  private Verdict run(long seed) throws IOException, InterruptedException {
    if (scale.misfortunes().contains(Misfortune.SILENCE)) {
      machines.faults("{\"cuttableNetworks\":true}");
    }
    for (int i = 0; i < VMS; i++) {
      coming.add(machines.create());
    }
    misfortunes.awaitAll();
    settle();
    long began = System.nanoTime();
    world.tell(this::everybodyWrites);
    int round = 0;
    do {
      for (Step step :
          Nemesis.plan(seed + round++, scale.misfortunes(), 1, scale.longestMillis())) {
        out.printf(
            "%6.1f s, %,9d said: %s%n",
            (System.nanoTime() - began) / 1e9, world.ask(world::said), step);
        misfortunes.happen(step);
      }
    } while (world.ask(world::said) < scale.messages());
    world.tell(world::quiet);
    misfortunes.awaitAll();
    out.printf("%6.1f s: all is said and well again%n", (System.nanoTime() - began) / 1e9);
    Set<Participant> absent = finish();
    // Who was sent off the roster did not come back to the fleet by any honest way.
    Verdict verdict = world.ask(world::verdict).without(absent.size() + world.ask(world::misled));
    machines.mischief().ifPresent(out::println);
    out.printf("%s%n%s%n", verdict, world.ask(world::waits));
    world
        .ask(() -> absent.stream().limit(NAMED).map(Participant::toString).toList())
        .forEach(person -> out.println("  Did not come back: " + person));
    world.ask(world::faults).forEach(line -> out.println("  " + line));
    return verdict;
  }

  /// Readers come to all VMs, then the writers.
  private void settle() throws InterruptedException {
    for (int room = 0; room < scale.rooms(); room++) {
      String name = "room " + room;
      for (int i = 0; i < scale.readers() + scale.writers(); i++) {
        boolean reads = i < scale.readers();
        int at = living.get((room + i) % VMS).port();
        String token = machines.token((reads ? "Reader " : "Writer ") + i, name);
        world.tell(() -> arrive(token, name, () -> at, reads, true));
      }
    }
    if (!world.await(SETTLE_SECONDS, () -> world.people().stream().allMatch(Participant::here))) {
      throw new IllegalStateException("Not everybody could come in");
    }
  }

  private void arrive(
      String token, String room, IntSupplier door, boolean reads, boolean fromTheStart) {
    Optional<View> view =
        reads ? Optional.of(world.room(room).reader(fromTheStart)) : Optional.empty();
    Participant person = new Participant(world, token, room, door, view);
    world.people().add(person);
    person.begin();
  }

  private void everybodyWrites() {
    world.people().stream()
        .filter(person -> person.view().isEmpty())
        .forEach(writer -> writer.write(scale.paceMillis()));
    for (int room = 0; room < scale.rooms(); room++) {
      String name = "room " + room;
      String token = machines.token("Late", name);
      int at = living.getFirst().port();
      lateComer(() -> arrive(token, name, () -> livingPort(at), true, false));
    }
  }

  /// The port of a VM where somebody is.
  private int livingPort(int otherwise) {
    List<Integer> taken =
        world.people().stream().filter(Participant::here).map(Participant::place).toList();
    return taken.isEmpty() ? otherwise : taken.get(world.random().nextInt(taken.size()));
  }

  private void lateComer(Runnable arrival) {
    if (world.said() >= scale.messages() / 2) {
      arrival.run();
    } else {
      world.later(100, () -> lateComer(arrival));
    }
  }

  /// Everything said is acknowledged, then one more message is said in each room, and everybody is
  /// shown it.
  ///
  /// @return who did not get that far
  private Set<Participant> finish() throws InterruptedException {
    Set<Participant> absent = new LinkedHashSet<>(stragglers(Participant::settled));
    List<Integer> last = world.ask(this::sayLast);
    absent.addAll(
        stragglers(
            person -> person.view().isEmpty() || person.hasShown(last.get(roomNumber(person)))));
    absent.addAll(stragglers(Participant::settled));
    return absent;
  }

  /// Those of whom it does not come to hold.
  private List<Participant> stragglers(Predicate<Participant> there) throws InterruptedException {
    world.await(SETTLE_SECONDS, () -> world.people().stream().allMatch(there));
    return world.ask(() -> world.people().stream().filter(there.negate()).toList());
  }

  private List<Integer> sayLast() {
    List<Integer> last = new ArrayList<>();
    for (int room = 0; room < scale.rooms(); room++) {
      int number = room;
      world.people().stream()
          .filter(person -> roomNumber(person) == number && person.view().isEmpty())
          .findFirst()
          .ifPresent(writer -> last.add(writer.say()));
    }
    return last;
  }

  private static int roomNumber(Participant person) {
    return Integer.parseInt(person.roomName().substring("room ".length()));
  }

  /// The long run.
  public static void main(String[] arguments) throws Exception {
    int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    List<String> rest = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    boolean emulated = rest.contains("emulator");
    long seed =
        rest.stream()
            .filter(word -> !List.of("emulator", "rogue").contains(word))
            .findFirst()
            .map(Long::parseLong)
            .orElse(System.nanoTime() >>> 20);
    Path folder = Files.createTempDirectory("podium-checker");
    Scale scale =
        new Scale(
            messages,
            Math.clamp(messages / 1_000, 2, 100),
            10,
            2,
            TimeUnit.MINUTES.toMillis(1) / 60,
            8_000,
            List.of(Misfortune.values()),
            rest.contains("rogue"));
    Verdict verdict =
        emulated ? onEmulator(scale, seed, folder) : run(scale, seed, folder, System.out);
    System.exit(verdict.good() ? 0 : 1);
  }

  private static Verdict onEmulator(Scale scale, long seed, Path folder)
      throws IOException, InterruptedException {
    Path jar =
        Emulator.jar()
            .orElseThrow(() ->
                new IllegalStateException(
                    "Google's emulator is not installed: install gcloud and its component"
                        + " pubsub-emulator"));
    try (Emulator emulator = Emulator.start(jar)) {
      return run(scale, seed, folder, emulator, System.out);
    }
  }
}
