package dev.podium.desktop.e2e;

import java.time.Duration;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/// The chat's page in a browser, as a person sees it.
final class ChatPage implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final WebDriver browser;

  private ChatPage(WebDriver browser) {
    this.browser = browser;
  }

  /// Follows an invite and waits until the person can write.
  static ChatPage follow(String link) {
    ChatPage page = new ChatPage(Browsers.open());
    page.browser.get(link);
    page.waitFor(By.id("text"));
    return page;
  }

  /// Opens the page's address without waiting for anything.
  static ChatPage visit(String link) {
    ChatPage page = new ChatPage(Browsers.open());
    page.browser.get(link);
    return page;
  }

  void say(String text) {
    waitFor(By.id("text")).sendKeys(text, Keys.ENTER);
  }

  /// The messages of the room, oldest first; none that is still on its way.
  List<String> messages() {
    try {
      return browser.findElements(By.cssSelector("#messages .message .said")).stream()
          .map(WebElement::getText)
          .toList();
    } catch (StaleElementReferenceException redrawn) {
      return messages();
    }
  }

  /// How many of this person's messages are not acknowledged yet.
  int waiting() {
    return browser.findElements(By.cssSelector("#pending .message")).size();
  }

  /// What the page says to somebody whom it does not let in.
  String problem() {
    return waitFor(By.id("doorError")).getText();
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
