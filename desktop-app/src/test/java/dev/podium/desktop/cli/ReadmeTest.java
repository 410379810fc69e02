package dev.podium.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import dev.podium.fleet.preflight.check.CheckName;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// What people copy must be what the commands take.
class ReadmeTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```[a-z]*\n(.*?)^ *```");
  private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|\\S+");

  /// What a shell makes of a line, and the command never sees.
  private static final Pattern SHELL = Pattern.compile("\\s(?:#|[|<>&;]).*$");

  @Test
  void every_command_of_the_readme_is_one() throws IOException {
    List<String> lines = commands(Files.readString(ROOT.resolve("README.md")));
    assertThat(lines).hasSizeGreaterThan(30);
    assertThat(lines).allSatisfy(ReadmeTest::parses);
  }

  @Test
  void the_steps_of_a_setup_name_each_check_that_a_project_must_pass() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    String chapter = readme.substring(readme.indexOf("## On Google Cloud"));
    assertThat(CheckName.values())
        .allSatisfy(check -> assertThat(chapter).contains("`" + check.id() + "`"));
  }

  @Test
  void the_unit_of_systemd_starts_what_the_readme_says() throws IOException {
    String unit = Files.readString(ROOT.resolve("installer/linux/podium.service"));
    String start =
        unit.lines().filter(line -> line.startsWith("ExecStart=")).findFirst().orElseThrow();
    assertThat(start).startsWith("ExecStart=/opt/podium/bin/podium ");
    parses(start.substring("ExecStart=/opt/podium/bin/".length()));
  }

  private static void parses(String line) {
    List<String> words =
        WORD.matcher(SHELL.matcher(line).replaceFirst(""))
            .results()
            .map(word -> word.group().replaceAll("^['\"]|['\"]$", ""))
            .toList();
    assertThatCode(() -> tree().parseArgs(words.subList(1, words.size()).toArray(String[]::new)))
        .as(line)
        .doesNotThrowAnyException();
  }

  private static CommandLine tree() {
    return Commands.tree(
        (Programs)
            Proxy.newProxyInstance(
                Programs.class.getClassLoader(),
                new Class<?>[] {Programs.class},
                (_, _, _) -> null),
        new Shutdown(),
        new PrintWriter(new StringWriter()),
        new PrintWriter(new StringWriter()));
  }

  private static List<String> commands(String readme) {
    List<String> lines = new ArrayList<>();
    BLOCK
        .matcher(readme)
        .results()
        .flatMap(block -> block.group(1).replaceAll("\\\\\n\\s*", "").lines())
        .map(String::strip)
        .filter(line -> line.startsWith("podium "))
        .forEach(lines::add);
    return lines;
  }
}
