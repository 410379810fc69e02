package dev.podium.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// Which commands are described for which arguments.
class OneCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void a_command_that_is_named_is_described_alone() {
    assertThat(described("version")).containsExactly("version");
    assertThat(described("instances", "list")).containsExactly("instances");
  }

  @Test
  void no_command_or_one_that_is_not_known_brings_all_of_them() {
    Set<String> all = described();

    assertThat(all).contains("serve", "instances", "activity", "events", "version", "help");
    assertThat(described("--help")).isEqualTo(all);
    assertThat(described("instanecs")).isEqualTo(all);
    assertThat(described("events")).isEqualTo(all);
  }

  @Test
  void what_speaks_of_all_commands_knows_them_all() {
    assertThat(described("help")).isEqualTo(described());
    assertThat(described("completion", "bash")).isEqualTo(described());
  }

  @Test
  void a_wrong_name_is_answered_with_the_right_one() {
    String[] arguments = {"instanecs"};

    assertThat(tree(arguments).execute(arguments)).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean 'instances'?");
  }

  private Set<String> described(String... arguments) {
    return tree(arguments).getSubcommands().keySet();
  }

  private CommandLine tree(String... arguments) {
    Programs none =
        (Programs)
            Proxy.newProxyInstance(
                Programs.class.getClassLoader(),
                new Class<?>[] {Programs.class},
                (_, method, _) -> {
                  throw new AssertionError(method);
                });
    return Commands.treeFor(
        arguments, none, new Shutdown(), new PrintWriter(out, true), new PrintWriter(err, true));
  }
}
