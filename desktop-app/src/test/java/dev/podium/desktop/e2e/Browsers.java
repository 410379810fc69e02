package dev.podium.desktop.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/// Chromium or Chrome without a window, with the driver that is installed beside it; nothing is
/// fetched from the network.
final class Browsers {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private Browsers() {}

  /// Opens one. Where there is none, the test is skipped and says why; with
  /// `-Dpodium.browser.required=true` it fails instead.
  static ChromeDriver open() {
    Optional<Path> browser = BROWSERS.stream().flatMap(name -> onPath(name).stream()).findFirst();
    Optional<Path> driver = onPath("chromedriver");
    if (browser.isEmpty() || driver.isEmpty()) {
      String why =
          "No browser was found: this test needs chromium and chromium-driver, or Chrome and its driver";
      if (Boolean.getBoolean("podium.browser.required")) {
        throw new AssertionError(why);
      }
      return abort(why);
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.get().toFile());
    options.addArguments(
        "--headless=new",
        // Root, as in a container, has no sandbox; all pages are our own.
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--window-size=1100,800",
        "--no-proxy-server");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.get().toFile())
            .usingAnyFreePort()
            .build();
    return new ChromeDriver(service, options);
  }

  static Optional<Path> onPath(String program) {
    String folders = System.getenv().getOrDefault("PATH", "");
    // Where GitHub's machines keep the driver.
    String github = System.getenv().getOrDefault("CHROMEWEBDRIVER", "");
    return Stream.concat(Arrays.stream(folders.split(File.pathSeparator)), Stream.of(github))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
