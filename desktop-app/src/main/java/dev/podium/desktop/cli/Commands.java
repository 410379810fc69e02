package dev.podium.desktop.cli;

import dev.podium.desktop.cli.fault.FaultCommand;
import dev.podium.desktop.cli.fleet.AcceptanceCommand;
import dev.podium.desktop.cli.fleet.ActivityCommand;
import dev.podium.desktop.cli.fleet.DoctorCommand;
import dev.podium.desktop.cli.fleet.InviteCommand;
import dev.podium.desktop.cli.fleet.TakeBackCommand;
import dev.podium.desktop.cli.image.ImageCommand;
import dev.podium.desktop.cli.instance.CreateCommand;
import dev.podium.desktop.cli.instance.DescribeCommand;
import dev.podium.desktop.cli.instance.DestroyCommand;
import dev.podium.desktop.cli.instance.DrainCommand;
import dev.podium.desktop.cli.instance.HoldCommand;
import dev.podium.desktop.cli.instance.InstancesCommand;
import dev.podium.desktop.cli.instance.ListCommand;
import dev.podium.desktop.cli.instance.PinCommand;
import dev.podium.desktop.cli.instance.SerialCommand;
import dev.podium.desktop.cli.key.KeysCommand;
import dev.podium.desktop.cli.people.PeopleCommand;
import dev.podium.desktop.cli.policy.PolicyCommand;
import dev.podium.desktop.cli.profile.ProfileCommand;
import dev.podium.desktop.cli.server.LocalCloudCommand;
import dev.podium.desktop.cli.server.PodiumCommand;
import dev.podium.desktop.cli.server.ServeCommand;
import dev.podium.desktop.cli.terminal.CompletionCommand;
import dev.podium.desktop.cli.text.FailureSentence;
import dev.podium.desktop.cli.text.PrintingCommand;
import dev.podium.desktop.cli.text.ResultWriter;
import dev.podium.desktop.cli.text.SecretInput;
import dev.podium.desktop.program.Programs;
import dev.podium.desktop.program.Shutdown;
import dev.podium.wire.model.PodiumException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The tree of commands, and how it reports what goes wrong.
public final class Commands {
  /// Commands that speak of all others.
  private static final Set<String> WHOLE_TREE = Set.of("help", "completion");

  private Commands() {}

  /// @param out where results go; everything else goes to `err`
  public static CommandLine tree(
      Programs programs, Shutdown shutdown, PrintWriter out, PrintWriter err) {
    return tree(programs, shutdown, SecretInput.system(), out, err);
  }

  /// @param input where secrets are read from
  static CommandLine tree(
      Programs programs, Shutdown shutdown, SecretInput input, PrintWriter out, PrintWriter err) {
    return tree(programs, shutdown, input, out, err, Optional.empty());
  }

  /// The same with only the one command that these arguments name, where they name one: to describe
  /// all the others takes several times as long as a short command itself.
  ///
  /// @param arguments of the program; for none, or what is no command's name, the whole tree
  public static CommandLine treeFor(
      String[] arguments, Programs programs, Shutdown shutdown, PrintWriter out, PrintWriter err) {
    Optional<String> only =
        Stream.of(arguments).limit(1).filter(name -> !WHOLE_TREE.contains(name)).findFirst();
    return tree(programs, shutdown, SecretInput.system(), out, err, only);
  }

  private static CommandLine tree(
      Programs programs,
      Shutdown shutdown,
      SecretInput input,
      PrintWriter out,
      PrintWriter err,
      Optional<String> only) {
    CommandLine podium = new CommandLine(new PodiumCommand(programs, shutdown));
    Map<String, Supplier<Object>> all = commands(programs, shutdown, input);
    only.filter(all::containsKey)
        .map(name -> Map.of(name, all.get(name)))
        .orElse(all)
        .forEach((name, command) -> podium.addSubcommand(name, command.get()));
    withHelp(podium);
    podium
        .getCommandSpec()
        .version(VersionCommand.text())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print the version and end.")
                .build());
    return podium
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(Commands::wrongUsage)
        .setExecutionExceptionHandler(Commands::failed);
  }

  /// The exit code of a command that ran: it failed if what it printed could not be written.
  /// Whoever stopped reading, as `head` does, wanted no more and needs no sentence about it.
  public static int printed(int code, PrintWriter out, PrintWriter err) {
    if (code != 0 || !out.checkError()) {
      return code;
    }
    if (ResultWriter.readerGone(out)) {
      return ResultWriter.READER_GONE;
    }
    err.println("podium: " + FailureSentence.of(PrintingCommand.unprinted()));
    return 1;
  }

  private static Map<String, Supplier<Object>> commands(
      Programs programs, Shutdown shutdown, SecretInput input) {
    // In the order in which the help lists them.
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("serve", () -> new ServeCommand(programs, shutdown));
    commands.put(
        "local-cloud",
        () ->
            new CommandLine(new LocalCloudCommand(programs, shutdown))
                .addSubcommand(FaultCommand.tree(programs)));
    commands.put("instances", () -> instances(programs, shutdown));
    commands.put("policy", () -> PolicyCommand.tree(programs, shutdown, input));
    commands.put("activity", () -> new ActivityCommand(programs, shutdown));
    commands.put("invite", () -> new InviteCommand(programs, shutdown));
    commands.put("revoke", () -> new TakeBackCommand(programs, shutdown, input));
    commands.put("people", () -> PeopleCommand.tree(programs, shutdown));
    commands.put("keys", () -> KeysCommand.tree(programs, shutdown, input));
    commands.put("profile", () -> ProfileCommand.tree(programs));
    commands.put("login", () -> new LoginCommand(programs, System.in));
    commands.put("logout", () -> new LogoutCommand(programs));
    commands.put("whoami", () -> new WhoamiCommand(programs));
    commands.put("doctor", () -> new DoctorCommand(programs, shutdown));
    commands.put("acceptance", () -> new AcceptanceCommand(programs, shutdown));
    commands.put("image", () -> ImageCommand.tree(programs, shutdown));
    commands.put("version", VersionCommand::new);
    commands.put("help", CommandLine.HelpCommand::new);
    commands.put("completion", CompletionCommand::new);
    return commands;
  }

  private static CommandLine instances(Programs programs, Shutdown shutdown) {
    return new CommandLine(new InstancesCommand())
        .addSubcommand(new ListCommand(programs, shutdown))
        .addSubcommand(new CreateCommand(programs, shutdown))
        .addSubcommand(new DescribeCommand(programs, shutdown))
        .addSubcommand(new DestroyCommand(programs, shutdown))
        .addSubcommand(new DrainCommand(programs, shutdown))
        .addSubcommand(new HoldCommand(programs, shutdown))
        .addSubcommand(new PinCommand(programs, shutdown))
        .addSubcommand(new SerialCommand(programs, shutdown));
  }

  private static void withHelp(CommandLine command) {
    if (!command.getCommandSpec().optionsMap().containsKey("--help")) {
      command
          .getCommandSpec()
          .addOption(
              OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .description("Show this help and end.")
                  .build());
    }
    command.getSubcommands().values().forEach(Commands::withHelp);
  }

  private static int wrongUsage(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    String sentence = String.valueOf(wrong.getMessage());
    command
        .getErr()
        .println(
            "podium: "
                + sentence
                + (sentence.endsWith(".") ? "" : ".")
                + suggestion(wrong)
                + " See '"
                + command.getCommandSpec().qualifiedName()
                + " --help'.");
    return 2;
  }

  private static String suggestion(ParameterException wrong) {
    List<String> near =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return near.isEmpty() ? "" : " Did you mean '" + near.getFirst() + "'?";
  }

  private static int failed(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    return switch (failure) {
      case PodiumException _ when ResultWriter.readerGone(command.getOut()) ->
          ResultWriter.READER_GONE;
      case PodiumException known -> {
        command.getErr().println("podium: " + FailureSentence.of(known));
        yield 1;
      }
      // A fault of the program itself: its trace is what a report needs, so it goes to the log.
      default -> throw failure;
    };
  }
}
