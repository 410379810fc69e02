package dev.podium.localcloud.state.place;

import dev.podium.localcloud.state.place.Catalog.DiskType;
import dev.podium.localcloud.state.place.Catalog.Disks;
import dev.podium.localcloud.state.place.Catalog.MachineType;
import dev.podium.localcloud.state.place.Catalog.Stage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Reads `catalog.txt`, whose head says how its lines are made. A line that is wrong ends the
/// program, because the file is a part of it.
final class CatalogFile {
  private static final String NAME = "catalog.txt";
  private static final String EVERYWHERE = "all";

  private record Family(String architecture, Disks disks) {}

  private final List<String> zones = new ArrayList<>();
  private final List<MachineType> machineTypes = new ArrayList<>();
  private final List<DiskType> diskTypes = new ArrayList<>();
  private final Map<String, Set<String>> sets = new HashMap<>();
  private final Map<String, Family> families = new HashMap<>();

  private CatalogFile() {}

  static CatalogFile read() {
    CatalogFile file = new CatalogFile();
    InputStream bytes = Objects.requireNonNull(CatalogFile.class.getResourceAsStream(NAME), NAME);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      lines.lines().filter(line -> !line.startsWith("#")).forEach(file::add);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return file;
  }

  private void add(String line) {
    List<String> words = List.of(line.split(" ", -1));
    switch (words.getFirst()) {
      case "zone" -> zones.add(words.get(1));
      case "zones" -> sets.put(words.get(1), Set.copyOf(words.subList(2, words.size())));
      case "family" ->
          families.put(words.get(1), new Family(words.get(2), named(Disks.class, words.get(3))));
      case "type" -> machineTypes.add(machineType(words));
      case "disk" -> diskTypes.add(diskType(words));
      default -> throw new IllegalStateException(NAME + " has a line of no kind: " + line);
    }
  }

  private static <E extends Enum<E>> E named(Class<E> kind, String word) {
    return Enum.valueOf(kind, word.toUpperCase(Locale.ROOT));
  }

  private MachineType machineType(List<String> words) {
    String name = words.get(1);
    Family family = Objects.requireNonNull(families.get(Catalog.familyOf(name)), name);
    String set = words.get(6);
    return new MachineType(
        name,
        Integer.parseInt(words.get(2)),
        Integer.parseInt(words.get(3)),
        words.get(4).equals("shared"),
        family.architecture(),
        family.disks(),
        named(Stage.class, words.get(5)),
        set.equals(EVERYWHERE) ? Set.copyOf(zones) : Objects.requireNonNull(sets.get(set), set));
  }

  private static DiskType diskType(List<String> words) {
    return new DiskType(
        words.get(1),
        String.join(" ", words.subList(5, words.size())),
        Long.parseLong(words.get(2)),
        Long.parseLong(words.get(3)),
        Long.parseLong(words.get(4)));
  }

  List<String> zones() {
    return zones;
  }

  List<MachineType> machineTypes() {
    return machineTypes;
  }

  List<DiskType> diskTypes() {
    return diskTypes;
  }
}
