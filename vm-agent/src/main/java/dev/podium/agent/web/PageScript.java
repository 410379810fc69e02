package dev.podium.agent.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Puts the page's modules into one script, so that a browser asks once and not thirty times.
///
/// Each module becomes a function that returns what it exports; none sees another's other names.
/// The modules keep to a few forms, which the patterns here name: named imports at a line's start,
/// exported declarations, and comments that begin a line. No text of theirs goes over several
/// lines.
final class PageScript {
  private static final Pattern IMPORT =
      Pattern.compile(
          "^import (\\* as (\\w+)|\\{[^}]*\\}) from \"\\./([\\w-]+)\\.mjs\";$", Pattern.MULTILINE);

  private static final Pattern EXPORT =
      Pattern.compile("^export ((?:async )?function|class|const) (\\w+)", Pattern.MULTILINE);

  /// How a library that was made smaller says what it exports: at its end.
  private static final Pattern EXPORT_LIST = Pattern.compile("export\\{([^}]*)\\};?\\s*$");

  /// A module that somebody else wrote keeps its comments: they name its author and licence.
  private static final Pattern OURS = Pattern.compile("^(export|import) ", Pattern.MULTILINE);

  private static final Pattern COMMENT =
      Pattern.compile(
          "^\\s*//.*\\R|^\\s*/\\*\\*(?s:.*?)\\*/[ \\t]*\\R?|/\\*\\* @type [^*]*\\*/ ?",
          Pattern.MULTILINE);

  private static final Pattern INDENT = Pattern.compile("^\\s+", Pattern.MULTILINE);

  private final UnaryOperator<String> source;
  private final Map<String, String> written = new LinkedHashMap<>();
  private final SequencedSet<String> open = new LinkedHashSet<>();

  private PageScript(UnaryOperator<String> source) {
    this.source = source;
  }

  /// The module of that name and all that it imports, as one script.
  ///
  /// @param source the text of a module, by its name without an ending
  /// @throws IllegalStateException if modules import each other in a circle, or one has a form that
  ///   is not known here
  static String of(String main, UnaryOperator<String> source) {
    PageScript script = new PageScript(source);
    script.write(main);
    return String.join("", script.written.values());
  }

  private void write(String module) {
    if (written.containsKey(module)) {
      return;
    }
    if (!open.add(module)) {
      throw new IllegalStateException("the page's modules import each other: " + open);
    }
    String text = source.apply(module);
    IMPORT.matcher(text).results().map(found -> found.group(3)).forEach(this::write);
    written.put(module, wrapped(module, text));
    open.remove(module);
  }

  private static String wrapped(String module, String text) {
    List<String> exports = new ArrayList<>();
    String body = OURS.matcher(text).find() ? smaller(text) : text;
    body = IMPORT.matcher(body).replaceAll(found -> Matcher.quoteReplacement(imported(found)));
    body =
        EXPORT
            .matcher(body)
            .replaceAll(found -> {
              exports.add(found.group(2));
              return found.group(1) + " " + found.group(2);
            });
    body =
        EXPORT_LIST
            .matcher(body)
            .replaceAll(found -> {
              exports.addAll(listed(found.group(1)));
              return "";
            });
    if (body.contains("\nexport") || body.contains("\nimport")) {
      throw new IllegalStateException("the page's module " + module + " has an unknown form");
    }
    return "const "
        + variable(module)
        + "=(()=>{\n"
        + body.stripTrailing()
        + "\nreturn {"
        + String.join(",", exports)
        + "};\n})();\n";
  }

  private static String smaller(String text) {
    return INDENT.matcher(COMMENT.matcher(text).replaceAll("")).replaceAll("");
  }

  private static String imported(MatchResult found) {
    String from = variable(found.group(3));
    return found.group(2) == null
        ? "const " + found.group(1) + "=" + from + ";"
        : "const " + found.group(2) + "=" + from + ";";
  }

  /// From `a as b,c as d` to `b:a`, `d:c`.
  private static List<String> listed(String exports) {
    return Pattern.compile(",")
        .splitAsStream(exports)
        .map(one -> one.strip().split(" as ", -1))
        .map(parts -> parts.length == 1 ? parts[0] : parts[1] + ":" + parts[0])
        .collect(Collectors.toList());
  }

  /// No name within a module begins so.
  private static String variable(String module) {
    return "$" + module.replace('-', '_');
  }
}
