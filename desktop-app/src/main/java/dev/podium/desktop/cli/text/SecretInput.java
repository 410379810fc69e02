package dev.podium.desktop.cli.text;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Standard input, for secrets: an argument shows in the list of processes and in the shell's
/// history. In a terminal what is typed is not shown.
public final class SecretInput {
  /// The longest line, in bytes. An invite's link has a few hundred.
  static final int LONGEST_LINE = 8 * 1024;

  /// The most lines that are read at once.
  static final int MOST_LINES = 1_000;

  private final InputStream in;
  private final @Nullable Function<String, char[]> prompt;

  /// @param prompt asks a person without showing what is typed, and returns null where nothing was;
  ///   none where no person is at a terminal
  public SecretInput(InputStream in, @Nullable Function<String, char[]> prompt) {
    this.in = in;
    this.prompt = prompt;
  }

  /// This process's own.
  public static SecretInput system() {
    // Whether there is one without a terminal differs from JDK to JDK.
    Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    return new SecretInput(
        System.in,
        terminal
            .<Function<String, char[]>>map(
                console -> what -> console.readPassword("%s (not shown): ", what))
            .orElse(null));
  }

  /// One line, without its end.
  ///
  /// @param what is wanted, such as `the access code`
  /// @throws ParameterException if there is none, or one that is too long or no UTF-8
  public String line(CommandSpec spec, String what) {
    String line = prompt == null ? read(spec, what) : typed(what, prompt);
    if (line == null || line.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Standard input was empty where " + what + " was to be");
    }
    return line;
  }

  /// Every line that is not blank, without its end; in a terminal one.
  ///
  /// @throws ParameterException as [#line], or if there are too many
  public List<String> lines(CommandSpec spec, String what) {
    List<String> lines = new ArrayList<>();
    if (prompt == null) {
      for (String line = read(spec, what); line != null; line = read(spec, what)) {
        if (lines.size() == MOST_LINES) {
          throw new ParameterException(
              spec.commandLine(), "Standard input has more than " + MOST_LINES + " lines");
        }
        if (!line.isBlank()) {
          lines.add(line);
        }
      }
    }
    return lines.isEmpty() ? List.of(line(spec, what)) : lines;
  }

  private static @Nullable String typed(String what, Function<String, char[]> prompt) {
    char[] typed = prompt.apply(what);
    return typed == null ? null : new String(typed);
  }

  /// @return null at the end of the input
  private @Nullable String read(CommandSpec spec, String what) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int octet = in.read();
      if (octet < 0) {
        return null;
      }
      for (; octet >= 0 && octet != '\n'; octet = in.read()) {
        if (line.size() == LONGEST_LINE) {
          throw new ParameterException(
              spec.commandLine(),
              "Standard input has more than "
                  + LONGEST_LINE
                  + " bytes where "
                  + what
                  + " was to be");
        }
        line.write(octet);
      }
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(line.toByteArray()))
              .toString();
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    } catch (CharacterCodingException garbled) {
      throw new ParameterException(
          spec.commandLine(), "Standard input is no UTF-8 where " + what + " was to be");
    } catch (IOException broken) {
      throw new ParameterException(
          spec.commandLine(), "Standard input cannot be read where " + what + " was to be");
    }
  }
}
