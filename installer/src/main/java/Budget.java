import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/// What a package may weigh and hold, from the file `budget`: lines of `name megabytes`, and lines
/// of `never pattern` for files that must not be in any. Over it, the build fails and says by what.
class Budget {
  private static final long MEGABYTE = 1_000_000;

  private Budget() {}

  /// Fails if the tree of a package holds what none may hold.
  static void check(Path budget, String name, Path root) throws IOException {
    List<Pattern> never =
        Folders.lines(budget).stream()
            .filter(line -> line.startsWith("never "))
            .map(line -> Pattern.compile(line.substring("never ".length()).strip()))
            .toList();
    List<String> found = new ArrayList<>();
    for (Path file : Folders.files(root)) {
      String inside = root.relativize(file).toString();
      if (never.stream().anyMatch(pattern -> pattern.matcher(inside).find())) {
        found.add(inside);
      }
      if (inside.endsWith(".jar") && !Files.isSymbolicLink(file)) {
        found.addAll(foreign(file));
      }
    }
    if (!found.isEmpty()) {
      throw new IllegalStateException(name + " holds what no package may hold: " + found);
    }
  }

  /// Tells a package's size and its largest parts, and fails if it weighs too much.
  static void report(Path budget, String name, Path file, Path home) throws IOException {
    long size = Files.size(file);
    System.out.printf(
        "%s: %.1f MB, %.1f MB when installed%n",
        file.getFileName(), megabytes(size), megabytes(Folders.size(home)));
    TreeMap<String, Long> parts = new TreeMap<>();
    for (Path part : Folders.files(home)) {
      if (!Files.isSymbolicLink(part)) {
        String inside = home.relativize(part).toString();
        parts.merge(inside.startsWith("runtime") ? "runtime" : inside, Files.size(part), Long::sum);
      }
    }
    parts.entrySet().stream()
        .sorted(Comparator.comparing(entry -> -entry.getValue()))
        .limit(8)
        .forEach(part ->
            System.out.printf("  %8.1f MB  %s%n", megabytes(part.getValue()), part.getKey()));
    for (String line : Folders.lines(budget)) {
      String[] words = line.split(" +");
      if (words[0].equals(name) && size > Long.parseLong(words[1]) * MEGABYTE) {
        throw new IllegalStateException(
            file.getFileName()
                + " is over its budget of "
                + words[1]
                + " MB by "
                + (size - Long.parseLong(words[1]) * MEGABYTE)
                + " bytes.");
      }
    }
  }

  private static List<String> foreign(Path jar) throws IOException {
    try (JarFile from = new JarFile(jar.toFile())) {
      return from.stream()
          .map(JarEntry::getName)
          .filter(name -> Platform.isLibrary(name) && Platform.isForeign(name))
          .map(name -> jar.getFileName() + "!" + name)
          .toList();
    } catch (java.util.zip.ZipException noJar) {
      return List.of();
    }
  }

  private static double megabytes(long bytes) {
    return bytes / (double) MEGABYTE;
  }
}
