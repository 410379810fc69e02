package dev.podium.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What SECURITY.md promises, it promises by the name of a test.
class SecurityPageTest {
  private static final Path PROJECT = Path.of("..");
  private static final Pattern NAMED =
      Pattern.compile("`([A-Z][A-Za-z]*(?:Test|IT))?(?:\\.([a-z_0-9]+))?`");

  @Test
  void every_test_that_the_page_names_is_there() throws IOException {
    Map<String, List<Path>> classes = testClasses();
    String page = Files.readString(PROJECT.resolve(".github/SECURITY.md"));
    List<String> missing = new ArrayList<>();
    int named = 0;
    for (String line : page.lines().filter(one -> one.startsWith("|")).toList()) {
      Matcher test = NAMED.matcher(line);
      String last = "";
      while (test.find()) {
        last = test.group(1) == null ? last : test.group(1);
        named++;
        if (!isThere(classes.getOrDefault(last, List.of()), test.group(2))) {
          missing.add(last + "." + test.group(2));
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(named).isGreaterThan(30);
  }

  private static boolean isThere(List<Path> files, @org.jspecify.annotations.Nullable String method)
      throws IOException {
    for (Path file : files) {
      if (method == null || Files.readString(file).contains(" " + method + "(")) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, List<Path>> testClasses() throws IOException {
    Map<String, List<Path>> classes = new HashMap<>();
    for (String module :
        List.of(
            "core-lib/wire", "core-lib/fleet", "core-lib/local-cloud", "vm-agent", "desktop-app")) {
      try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve("src/test/java"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(file -> {
              String name = file.getFileName().toString().replace(".java", "");
              classes.computeIfAbsent(name, _ -> new ArrayList<>()).add(file);
            });
      }
    }
    return classes;
  }
}
