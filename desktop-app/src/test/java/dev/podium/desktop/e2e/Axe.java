package dev.podium.desktop.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openqa.selenium.JavascriptExecutor;

/// Deque's axe, which finds what keeps people out of a page: the rules of WCAG 2.2, levels A and
/// AA.
final class Axe {
  private static final String PROGRAM = program();

  private static final String RUN =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(
        found => done(found.violations.map(violation =>
          violation.id + ': ' + violation.nodes.map(node => node.target + ' ' + node.failureSummary).join('; '))),
        failure => done(['axe itself failed: ' + failure]));
      """;

  private Axe() {}

  /// What is wrong with the page as it is shown now, one line for each rule.
  static List<String> violations(JavascriptExecutor browser) {
    if (Boolean.TRUE.equals(browser.executeScript("return typeof axe === 'undefined'"))) {
      browser.executeScript(PROGRAM);
    }
    return browser.executeAsyncScript(RUN) instanceof List<?> lines
        ? lines.stream().map(String::valueOf).toList()
        : List.of("axe said nothing");
  }

  private static String program() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      if (in == null) {
        throw new IllegalStateException("axe.min.js is not among the tests' libraries");
      }
      // A script is run within a function of its own; the other scripts are to find it.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\nwindow.axe = axe;";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
