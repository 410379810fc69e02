package dev.podium.desktop.e2e;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/// The chat's page in a browser, as a person sees it.
final class ChatPage implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ChromeDriver browser = Browsers.open();

  private ChatPage() {}

  /// Follows an invite and waits until the person can write.
  static ChatPage follow(String link) {
    ChatPage page = visit(link);
    page.waitFor(By.id("text"));
    return page;
  }

  /// Opens the page's address without waiting for anything.
  static ChatPage visit(String link) {
    ChatPage page = new ChatPage();
    page.browser.get(link);
    return page;
  }

  /// Opens the page with a script of the test's in place before its own.
  static ChatPage visitWith(String script, String link) {
    ChatPage page = new ChatPage();
    page.chrome("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    page.browser.get(link);
    return page;
  }

  void say(String text) {
    type(text);
    waitFor(By.id("text")).sendKeys(Keys.ENTER);
  }

  /// Types without sending.
  void type(String text) {
    waitFor(By.id("text")).sendKeys(text);
  }

  String draft() {
    return String.valueOf(run("return document.getElementById('text').value"));
  }

  /// The messages of the room that are drawn, oldest first; none that is still on its way.
  List<String> messages() {
    return texts("#messages .message .said");
  }

  /// The marks between the messages: days, gaps, where the unread begin.
  List<String> marks() {
    return texts("#messages .rule");
  }

  private List<String> texts(String selector) {
    try {
      return browser.findElements(By.cssSelector(selector)).stream()
          .map(WebElement::getText)
          .toList();
    } catch (StaleElementReferenceException redrawn) {
      return texts(selector);
    }
  }

  /// How many of this person's messages are not in the room yet.
  int waiting() {
    return browser.findElements(By.cssSelector("#pending .message")).size();
  }

  /// The connection's state, in the page's words.
  String connection() {
    return browser.findElement(By.id("connectionText")).getText();
  }

  /// What the banner says; empty where there is none.
  Optional<String> banner() {
    WebElement banner = browser.findElement(By.id("banner"));
    return banner.isDisplayed() ? Optional.of(banner.getText()) : Optional.empty();
  }

  /// The VM that the person is on, as the page says.
  String place() {
    return String.valueOf(run("return document.getElementById('place').textContent"));
  }

  /// What the page says to somebody whom it does not let in.
  String problem() {
    return waitFor(By.id("doorError")).getText();
  }

  void click(String id) {
    waitFor(By.id(id)).click();
  }

  byte[] picture(String id) {
    return waitFor(By.id(id)).getScreenshotAs(OutputType.BYTES);
  }

  String text(String id) {
    return waitFor(By.id(id)).getText();
  }

  void offline(boolean offline) {
    chrome(
        "Network.emulateNetworkConditions",
        Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  /// As a phone does with a page that is out of sight for long.
  void asleep(boolean asleep) {
    chrome("Page.setWebLifecycleState", Map.of("state", asleep ? "frozen" : "active"));
  }

  /// @param theme `light` or `dark`
  void look(int width, int height, String theme) {
    chrome(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    chrome(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", theme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /// As on a system whose owner chose all colours: backgrounds and shadows of the page's are gone.
  void forcedColours() {
    chrome(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "forced-colors", "value", "active"))));
  }

  void reload() {
    browser.navigate().refresh();
  }

  List<String> violations() {
    return Axe.violations(browser);
  }

  Object run(String script) {
    Object answer = browser.executeScript(script);
    return answer == null ? "" : answer;
  }

  private void chrome(String command, Map<String, Object> arguments) {
    browser.executeCdpCommand(command, arguments);
  }

  private WebElement waitFor(By what) {
    return new WebDriverWait(browser, PATIENCE)
        .until(ExpectedConditions.visibilityOfElementLocated(what));
  }

  @Override
  public void close() {
    browser.quit();
  }
}
