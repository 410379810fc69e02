package dev.podium.agent.web;

import dev.podium.wire.invite.AccessCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The page and its parts, read once from beside this class.
final class PageFiles {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";

  /// The page's modules, one idea each, as `/page/NAME.mjs`.
  private static final List<String> MODULES =
      List.of(
          "chat",
          "composer",
          "connection",
          "dom",
          "door",
          "handover",
          "identity",
          "incoming",
          "lean-qr",
          "line",
          "list",
          "main",
          "outbox",
          "panel",
          "pending",
          "places",
          "protocol",
          "qr",
          "refusals",
          "room",
          "rooms",
          "rows",
          "share",
          "speech",
          "status",
          "store",
          "text",
          "timeline",
          "wait",
          "waiting",
          "window");

  private final Map<String, PageFile> files = new HashMap<>();
  private final PageFile waiting = read("wait.html", HTML);

  PageFiles() {
    files.put("/", read("index.html", HTML));
    files.put("/app.css", read("app.css", STYLE));
    files.put("/icon.svg", read("icon.svg", "image/svg+xml"));
    // Who gets a copy of the library gets its licence.
    files.put("/lean-qr-license.txt", read("lean-qr-license.txt", TEXT));
    MODULES.forEach(name -> {
      String module = "page/" + name + ".mjs";
      files.put("/" + module, read(module, SCRIPT));
    });
  }

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
