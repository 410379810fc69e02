package dev.podium.desktop.cli.terminal;

import dev.podium.desktop.cli.text.PrintingCommand;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `podium completion`.
@Command(
    name = "completion",
    description = "Print a script that lets a shell complete commands, options and VMs' names.",
    footer = {
      "",
      "bash:  source <(podium completion bash)",
      "zsh:   autoload -U compinit bashcompinit; compinit; bashcompinit;"
          + " source <(podium completion zsh)",
      "fish:  podium completion fish | source"
    })
public final class CompletionCommand extends PrintingCommand {
  /// Which shell reads the script.
  enum Shell {
    /// The script of bash is zsh's too.
    BASH,
    /// By its `bashcompinit`.
    ZSH,
    /// Has a language of its own.
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Prints the names of the VMs that there are, if a console answers.
  private static final String NAMES =
      """
      # The names of the VMs that there are; nothing where no console answers.
      function __podium_vms() {
        podium instances list -o csv 2> /dev/null | tail -n +2 | cut -d, -f1
      }

      """;

  @Parameters(
      paramLabel = "bash|zsh|fish",
      arity = "0..1",
      description = "The shell; bash by default.")
  private Shell shell = Shell.BASH;

  @Override
  public Integer call() {
    CommandLine root = spec().root().commandLine();
    print(shell == Shell.FISH ? FishCompletion.of(root) : bash(root));
    return 0;
  }

  /// Where a command takes VMs, their names are asked for when the key is pressed.
  private static String bash(CommandLine root) {
    StringBuilder script = new StringBuilder();
    String function = "";
    for (String line : AutoComplete.bash("podium", root).split("\n", -1)) {
      if (line.startsWith("function ")) {
        function = line.replaceAll("function (\\w+).*", "$1");
      }
      boolean names =
          line.strip().equals("local positionals=\"\"") && VmArguments.areOf(root, function);
      script.append(names ? line.replace("\"\"", "\"$(__podium_vms)\"") : line).append('\n');
    }
    int start = script.indexOf("\nfunction ");
    return script.insert(start < 0 ? script.length() : start + 1, NAMES).toString();
  }
}
