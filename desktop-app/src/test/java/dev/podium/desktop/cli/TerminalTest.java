package dev.podium.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.podium.desktop.cli.terminal.ManPage;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// What shells and `man` read.
class TerminalTest {
  private static final Path MAN = Path.of("src/main/man/podium.1");

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final CommandLine podium =
      Commands.tree(
          (Programs)
              Proxy.newProxyInstance(
                  Programs.class.getClassLoader(),
                  new Class<?>[] {Programs.class},
                  (_, _, _) -> null),
          new Shutdown(),
          new PrintWriter(out, true),
          new PrintWriter(new StringWriter(), true));

  private String completion(String shell) {
    assertThat(podium.execute("completion", shell)).isZero();
    return out.toString();
  }

  @ParameterizedTest
  @CsvSource({"bash, bash, -n", "zsh, zsh, -n", "fish, fish, --no-execute"})
  void a_shell_can_read_its_script(String shell, String program, String check)
      throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("completion"), completion(shell));
    Process reading;
    try {
      reading = new ProcessBuilder(program, check, script.toString()).inheritIO().start();
    } catch (IOException notInstalled) {
      assumeTrue(false, program + " is not installed");
      return;
    }
    assertThat(reading.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(reading.exitValue()).isZero();
  }

  @Test
  void bash_completes_the_names_of_vms_where_a_command_takes_them()
      throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("completion"), completion("bash"));
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path fake = bin.resolve("podium");
    Files.writeString(fake, "#!/bin/sh\nprintf 'name,zone\\nvm-1,a\\nvm-2,b\\n'\n");
    assertThat(fake.toFile().setExecutable(true)).isTrue();
    String ask =
        "PATH=%s:$PATH; source %s; COMP_WORDS=(podium instances %s v); COMP_CWORD=3;"
            + " _complete_podium; echo \"${COMPREPLY[@]}\"";
    assertThat(bash(ask.formatted(bin, script, "destroy"))).isEqualTo("vm-1 vm-2");
    assertThat(bash(ask.formatted(bin, script, "list"))).isEmpty();
  }

  private static String bash(String script) throws IOException, InterruptedException {
    Process bash = new ProcessBuilder("bash", "-c", script).start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    bash.waitFor();
    return said.strip();
  }

  @Test
  void fish_is_told_of_every_command_and_asks_for_names() {
    String script = completion("fish");
    assertThat(script)
        .contains(
            "complete -c podium -n '__podium_just' -a 'instances'",
            "complete -c podium -n '__podium_just instances' -a 'create'",
            "complete -c podium -n '__podium_at instances destroy' -a '(__podium_vms)'",
            "-l count -r")
        .doesNotContain("${");
    assertThat(script.lines().filter(line -> line.startsWith("complete")))
        .allSatisfy(line ->
            assertThat(line.replace("\\\\", "").replace("\\'", "").chars().filter(c -> c == '\''))
                .as(line)
                .hasSize((int) (2 * (line.split(" '", -1).length - 1L))));
  }

  /// Written anew with `-Dpodium.man.write=true`, and then committed.
  @Test
  void the_page_of_man_is_that_of_the_commands() throws IOException {
    String page = ManPage.of(podium);
    if (Boolean.getBoolean("podium.man.write")) {
      Files.createDirectories(MAN.getParent());
      Files.writeString(MAN, page);
    }
    assertThat(MAN).hasContent(page);
    assertThat(page).contains(".SS podium people remove NAME|ID", "\\-\\-hours");
  }
}
