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
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The tree of commands, and how it reports what goes wrong.
public final class Commands {
  private Commands() {}

  /// @param out where results go; everything else goes to `err`
  public static CommandLine tree(
      Programs programs, Shutdown shutdown, PrintWriter out, PrintWriter err) {
    return tree(programs, shutdown, SecretInput.system(), out, err);
  }

  /// @param input where secrets are read from
  static CommandLine tree(
      Programs programs, Shutdown shutdown, SecretInput input, PrintWriter out, PrintWriter err) {
    CommandLine instances =
        new CommandLine(new InstancesCommand())
            .addSubcommand(new ListCommand(programs, shutdown))
            .addSubcommand(new CreateCommand(programs, shutdown))
            .addSubcommand(new DescribeCommand(programs, shutdown))
            .addSubcommand(new DestroyCommand(programs, shutdown))
            .addSubcommand(new DrainCommand(programs, shutdown))
            .addSubcommand(new HoldCommand(programs, shutdown))
            .addSubcommand(new PinCommand(programs, shutdown))
            .addSubcommand(new SerialCommand(programs, shutdown));
    CommandLine podium =
        new CommandLine(new PodiumCommand(programs, shutdown))
            .addSubcommand(new ServeCommand(programs, shutdown))
            .addSubcommand(
                new CommandLine(new LocalCloudCommand(programs, shutdown))
                    .addSubcommand(FaultCommand.tree(programs)))
            .addSubcommand(instances)
            .addSubcommand(PolicyCommand.tree(programs, shutdown, input))
            .addSubcommand(new ActivityCommand(programs, shutdown))
            .addSubcommand(new InviteCommand(programs, shutdown))
            .addSubcommand(new TakeBackCommand(programs, shutdown, input))
            .addSubcommand(PeopleCommand.tree(programs, shutdown))
            .addSubcommand(KeysCommand.tree(programs, shutdown, input))
            .addSubcommand(ProfileCommand.tree(programs))
            .addSubcommand(new LoginCommand(programs, System.in))
            .addSubcommand(new LogoutCommand(programs))
            .addSubcommand(new WhoamiCommand(programs))
            .addSubcommand(new DoctorCommand(programs, shutdown))
            .addSubcommand(new AcceptanceCommand(programs, shutdown))
            .addSubcommand(ImageCommand.tree(programs, shutdown))
            .addSubcommand(new VersionCommand())
            .addSubcommand(new CommandLine.HelpCommand())
            .addSubcommand(new CompletionCommand());
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
