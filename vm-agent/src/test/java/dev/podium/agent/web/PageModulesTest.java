package dev.podium.agent.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageModulesTest {
  private static final Path MODULES =
      Path.of("src", "main", "resources", "dev", "podium", "agent", "web", "page");

  /// The tests of what the page decides without a browser; each file tells what it holds.
  private static final Path TESTS = Path.of("src", "test", "page");

  private final PageFiles files = new PageFiles();

  @Test
  void every_module_is_served_as_a_script() throws IOException {
    for (String module : modules()) {
      assertThat(files.at("/page/" + module).map(PageFiles.PageFile::type))
          .as(module)
          .contains("text/javascript; charset=utf-8");
    }
  }

  /// Else the browser learns of a module only when it has read the one before.
  @Test
  void every_module_of_the_chat_is_asked_for_at_once() throws IOException {
    String page = new String(files.at("/").orElseThrow().bytes(), StandardCharsets.UTF_8);
    assertThat(modules())
        .filteredOn(name -> !name.startsWith("wait"))
        .allSatisfy(name -> assertThat(page).contains("\"/page/" + name + "\""));
  }

  @Test
  void what_the_page_decides_holds(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("node.log");
    List<String> command = List.of("node", "--test", "--test-reporter=tap", TESTS.toString());
    Process node;
    try {
      node =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException missing) {
      String why = "node is not installed: install the package nodejs to run the page's own tests";
      assertThat(Boolean.getBoolean("podium.npm.required")).as(why).isFalse();
      Assumptions.abort(why);
      return;
    }
    boolean ended = node.waitFor(2, TimeUnit.MINUTES);
    node.destroyForcibly();
    String output = Files.readString(log);
    assertThat(ended).as(output).isTrue();
    assertThat(node.exitValue()).as(output).isZero();
    assertThat(output).contains("# fail 0").doesNotContain("# pass 0");
  }

  private static List<String> modules() throws IOException {
    try (Stream<Path> all = Files.list(MODULES)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
