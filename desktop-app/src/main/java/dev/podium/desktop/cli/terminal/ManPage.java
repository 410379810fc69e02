package dev.podium.desktop.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The commands as a page for `man`, in the language of man(7).
public final class ManPage {
  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  /// The page of all commands.
  ///
  /// @param root `podium`
  public static String of(CommandLine root) {
    ManPage man = new ManPage();
    man.page.append(
        """
        .TH PODIUM 1 "" "Podium" "User Commands"
        .SH NAME
        podium \\- runs a fleet of virtual machines as if it were one server
        .SH SYNOPSIS
        .B podium
        [\\fICOMMAND\\fR [\\fIOPTIONS\\fR]]
        .SH DESCRIPTION
        Without a command it opens the console; where there is no display it serves its API.
        .SH COMMANDS
        """);
    man.commands(root);
    man.page.append(
        """
        .SH EXIT STATUS
        0 done, 1 failed (one sentence on standard error), 2 wrong usage.
        .SH ENVIRONMENT
        .TP
        .B PODIUM_HOME
        Where Podium keeps its files, instead of the folders of the XDG base directories.
        .TP
        .B PODIUM_JAVA_HOME
        The JDK that runs it.
        .TP
        .B PODIUM_JAVA_OPTS
        Options for the JVM.
        """);
    return man.page.toString();
  }

  private void commands(CommandLine group) {
    for (Map.Entry<String, CommandLine> each : group.getSubcommands().entrySet()) {
      CommandSpec spec = each.getValue().getCommandSpec();
      if (spec.name().equals(each.getKey()) && !spec.usageMessage().hidden()) {
        command(spec);
        commands(each.getValue());
      }
    }
  }

  private void command(CommandSpec spec) {
    page.append(".SS ").append(escaped(synopsis(spec))).append('\n');
    paragraph(spec.usageMessage().description());
    for (PositionalParamSpec argument : spec.positionalParameters()) {
      entry("\\fI" + escaped(argument.paramLabel()) + "\\fR", argument.description());
    }
    for (OptionSpec option : spec.options()) {
      if (!option.hidden() && !option.usageHelp()) {
        entry(names(option), option.description());
      }
    }
    String[] footer = spec.usageMessage().footer();
    if (footer.length > 0) {
      page.append(".PP\n");
      paragraph(footer);
    }
  }

  private static String synopsis(CommandSpec spec) {
    List<String> words = new ArrayList<>(List.of(spec.qualifiedName()));
    spec.positionalParameters()
        .forEach(argument ->
            words.add(
                argument.arity().max() > 1 ? argument.paramLabel() + "…" : argument.paramLabel()));
    return String.join(" ", words);
  }

  private static String names(OptionSpec option) {
    String names = "\\fB" + escaped(String.join(", ", option.names())) + "\\fR";
    return option.arity().max() > 0
        ? names + " \\fI" + escaped(option.paramLabel()) + "\\fR"
        : names;
  }

  private void entry(String head, String[] text) {
    page.append(".TP\n").append(head).append('\n');
    paragraph(text);
  }

  private void paragraph(String[] lines) {
    for (String line : lines) {
      if (!line.isBlank()) {
        page.append(escaped(line.replaceAll("\\$\\{DEFAULT-VALUE}", "a default").strip()))
            .append('\n');
      }
    }
  }

  /// A dot or an apostrophe at a line's start would be a request, a hyphen another sign.
  private static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
