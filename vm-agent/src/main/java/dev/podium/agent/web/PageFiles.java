package dev.podium.agent.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// The page and its parts, read once from beside this class.
final class PageFiles {
  private final Map<String, PageFile> files =
      Map.of(
          "/", read("index.html", "text/html; charset=utf-8"),
          "/app.css", read("app.css", "text/css; charset=utf-8"),
          "/app.js", read("app.js", "text/javascript; charset=utf-8"),
          "/wait.js", read("wait.js", "text/javascript; charset=utf-8"),
          "/icon.svg", read("icon.svg", "image/svg+xml"));

  private final PageFile waiting = read("wait.html", "text/html; charset=utf-8");

  Optional<PageFile> at(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /// What a newcomer sees while every seat is taken.
  PageFile waiting() {
    return waiting;
  }

  private static PageFile read(String name, String type) {
    try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the page's " + name + " is missing from the program");
      }
      byte[] bytes = in.readAllBytes();
      byte[] hash = AccessCode.sha256(bytes, "");
      String tag = '"' + Base64.getUrlEncoder().encodeToString(hash).substring(0, 16) + '"';
      return new PageFile(type, bytes, tag);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// One file of the page. Its bytes are shared and not to be changed.
  static final class PageFile {
    private final String type;
    private final byte[] bytes;
    private final String tag;

    private PageFile(String type, byte[] bytes, String tag) {
      this.type = type;
      this.bytes = bytes;
      this.tag = tag;
    }

    String type() {
      return type;
    }

    byte[] bytes() {
      return bytes;
    }

    /// Changes when the file does.
    String tag() {
      return tag;
    }
  }
}
