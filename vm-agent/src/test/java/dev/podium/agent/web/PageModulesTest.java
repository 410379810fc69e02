package dev.podium.agent.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
      assertThat(files.at("/page/" + module).map(PageFile::type))
          .as(module)
          .contains("text/javascript; charset=utf-8");
    }
  }

  /// Else the browser learns of a module only when it has read the one before.
  @Test
  void every_module_of_the_chat_is_asked_for_at_once() throws IOException {
    String script = script("/");
    assertThat(modules())
        .filteredOn(name -> !name.startsWith("wait"))
        .allSatisfy(name -> assertThat(script).contains(function(name)));
    assertThat(script("wait")).contains(function("wait.mjs"), function("places.mjs"));
  }

  /// A module comes after all that it imports, and as a function of its own.
  @Test
  void what_is_put_together_is_a_script() {
    Map<String, String> modules =
        Map.of(
            "main",
            """
            // Says hello.

            import { hello, twice } from "./words.mjs";
            import * as all from "./words.mjs";
            import { library } from "./lib.mjs";

            /**
             * @param {string} name
             */
            const say = name => hello(name) + twice + all.other(1) + library;
            """,
            "words",
            """
            export const twice = 2;
            export function hello(name) {
              return /** @type {any} */ (`hello // ${name}`);
            }
            export const other = say => say;
            """,
            "lib",
            "// by somebody, under a licence\nconst l=7;export{l as library};\n");
    String script = PageScript.of("main", name -> modules.getOrDefault(name, ""));
    assertThat(script)
        .isEqualTo(
            """
            const $words=(()=>{
            const twice = 2;
            function hello(name) {
            return (`hello // ${name}`);
            }
            const other = say => say;
            return {twice,hello,other};
            })();
            const $lib=(()=>{
            // by somebody, under a licence
            const l=7;
            return {library:l};
            })();
            const $main=(()=>{
            const { hello, twice }=$words;
            const all=$words;
            const { library }=$lib;
            const say = name => hello(name) + twice + all.other(1) + library;
            return {};
            })();
            """);
  }

  @Test
  void modules_that_import_each_other_or_have_another_form_are_told() {
    assertThatThrownBy(() -> PageScript.of("a", name -> "import { x } from \"./a.mjs\";"))
        .hasMessageContaining("import each other");
    assertThatThrownBy(() -> PageScript.of("a", name -> "const b = 1;\nexport default b;"))
        .hasMessageContaining("unknown form");
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

  private static String function(String module) {
    return "const $" + module.replace(".mjs", "").replace('-', '_') + "=(()=>{";
  }

  /// The script that the page there loads.
  private String script(String page) {
    PageFile file = page.equals("/") ? files.at("/").orElseThrow() : files.waiting();
    String html = new String(file.bytes(), StandardCharsets.UTF_8);
    Matcher scripts = Pattern.compile("<script[^>]* src=\"([^\"]+)\"").matcher(html);
    assertThat(scripts.results().count()).isEqualTo(1);
    scripts.reset();
    assertThat(scripts.find()).isTrue();
    return new String(files.at(scripts.group(1)).orElseThrow().bytes(), StandardCharsets.UTF_8);
  }

  private static List<String> modules() throws IOException {
    try (Stream<Path> all = Files.list(MODULES)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
