package dev.podium.desktop.cli.terminal;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The commands as a script of fish. Source: https://fishshell.com/docs/current/cmds/complete.html
final class FishCompletion {
  private static final String HEAD =
      """
      # What stands on the line before the word that is completed, without options.
      function __podium_words
          for word in (commandline -opc)[2..-1]
              string match -q -- '-*' $word; or echo $word
          end
      end

      # Whether the line is about that command, or about one below it.
      function __podium_at
          set -l words (__podium_words)
          test (count $words) -ge (count $argv); or return 1
          test (count $argv) -eq 0; and return 0
          test "$words[1..(count $argv)]" = "$argv"
      end

      # Whether the line ends with that command.
      function __podium_just
          set -l words (__podium_words)
          test "$words" = "$argv"
      end

      # The names of the VMs that there are; nothing where no console answers.
      function __podium_vms
          podium instances list -o csv 2> /dev/null | tail -n +2 | cut -d, -f1
      end

      complete -c podium -f
      """;

  private static final String VMS = "(__podium_vms)";

  private final StringBuilder script = new StringBuilder(HEAD);

  private FishCompletion() {}

  static String of(CommandLine root) {
    FishCompletion completion = new FishCompletion();
    completion.add(root);
    return completion.script.toString();
  }

  private void add(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    String path = spec.qualifiedName().replaceFirst("^podium ?", "");
    spec.options().stream().filter(option -> !option.hidden()).forEach(option -> add(option, path));
    if (VmArguments.areOf(spec)) {
      line("__podium_at " + path, "-a " + quoted(VMS));
    }
    command
        .getSubcommands()
        .forEach((name, below) -> {
          CommandSpec one = below.getCommandSpec();
          line(
              ("__podium_just " + path).strip(),
              "-a " + quoted(name) + " -d " + quoted(sentence(one.usageMessage().description())));
          if (one.name().equals(name)) {
            add(below);
          }
        });
  }

  private void add(OptionSpec option, String path) {
    StringBuilder words = new StringBuilder();
    for (String name : option.names()) {
      words.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
    }
    if (option.arity().max() > 0) {
      words.append(" -r");
      if (option.paramLabel().matches("[a-z]+(\\|[a-z]+)+")) {
        words.append(" -a ").append(quoted(option.paramLabel().replace('|', ' ')));
      } else if (option.longestName().equals("--instance")) {
        words.append(" -a ").append(quoted(VMS));
      } else if (option.type() == java.nio.file.Path.class) {
        words.append(" -F");
      }
    }
    words.append(" -d ").append(quoted(sentence(option.description())));
    line(("__podium_at " + path).strip(), words.toString().strip());
  }

  private void line(String condition, String words) {
    script
        .append("complete -c podium -n ")
        .append(quoted(condition))
        .append(' ')
        .append(words)
        .append('\n');
  }

  private static String sentence(String[] description) {
    return String.join(" ", List.of(description)).replaceAll("\\$\\{[^}]*}", "").strip();
  }

  /// Between single quotes fish knows two escapes, and no other sign means anything.
  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
