import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// Holds every source file to google-java-format: `check` fails the build, `apply` rewrites.
///
/// It runs on the toolchain's JDK because the formatter parses with the compiler of the JDK it runs on, and
/// Maven itself may run on an older one that does not know this language level.
class Format {
  public static void main(String[] arguments) throws IOException {
    boolean apply = arguments[0].equals("apply");
    Path root = Path.of(arguments[1]);
    List<Path> sources = sources(root);
    List<String> faults = new ArrayList<>();
    sources.parallelStream().forEach(source -> format(source, apply, faults));
    if (!faults.isEmpty()) {
      faults.forEach(System.err::println);
      System.err.println("Format them with: ./mvnw -Pformat");
      System.exit(1);
    }
  }

  /// Every Java file below a folder `src`, however deep its module is nested.
  private static List<Path> sources(Path root) throws IOException {
    List<Path> sources = new ArrayList<>();
    Files.walkFileTree(root, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        String name = folder.getFileName().toString();
        boolean notOurs = name.equals("target") || name.startsWith(".");
        return notOurs && !folder.equals(root) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (isSource(root.relativize(file))) {
          sources.add(file);
        }
        return FileVisitResult.CONTINUE;
      }
    });
    return sources;
  }

  private static boolean isSource(Path file) {
    if (!file.toString().endsWith(".java")) {
      return false;
    }
    for (Path folder : file) {
      if (folder.toString().equals("src")) {
        return true;
      }
    }
    return false;
  }

  private static void format(Path source, boolean apply, List<String> faults) {
    try {
      String before = Files.readString(source);
      String sorted = ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(before), JavaFormatterOptions.Style.GOOGLE);
      String after = new Formatter().formatSource(sorted);
      if (after.equals(before)) {
        return;
      }
      if (apply) {
        Files.writeString(source, after);
      } else {
        add(faults, source + " is not in google-java-format");
      }
    } catch (FormatterException | IOException fault) {
      add(faults, source + ": " + fault.getMessage());
    }
  }

  private static void add(List<String> faults, String fault) {
    synchronized (faults) {
      faults.add(fault);
    }
  }
}
