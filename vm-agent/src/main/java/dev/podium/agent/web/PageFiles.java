package dev.podium.agent.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.podium.wire.invite.AccessCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The page and its parts, read once from beside this class. What the page loads has its hash in
/// the address, so that a browser that has it never asks again.
final class PageFiles {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String PICTURE = "image/svg+xml";
  private static final String TEXT = "text/plain; charset=utf-8";

  private static final String BUILT = PageBuild.FOLDER + "/";

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

  private static final String WAITING = "/join";

  private final Map<String, PageFile> files = new HashMap<>();

  PageFiles() {
    add("/app.css", "app.css", STYLE);
    add("/icon.svg", "icon.svg", PICTURE);
    // Who gets a copy of the library gets its licence.
    add("/lean-qr-license.txt", "lean-qr-license.txt", TEXT);
    // As they are written, for whoever wants to read them.
    MODULES.forEach(name -> add("/page/" + name + ".mjs", "page/" + name + ".mjs", SCRIPT));
    new String(read(BUILT + PageBuild.LIST), UTF_8)
        .lines()
        .map(line -> line.split(" ", 2))
        .forEach(line -> addBuilt(line[0], line[1]));
  }

  Optional<PageFile> at(String path) {
    return path.equals(WAITING) ? Optional.empty() : Optional.ofNullable(files.get(path));
  }

  /// What a newcomer sees while every seat is taken.
  PageFile waiting() {
    return Objects.requireNonNull(files.get(WAITING));
  }

  private void add(String path, String name, String type) {
    byte[] bytes = read(name);
    byte[] hash = AccessCode.sha256(bytes, "");
    String tag = Base64.getUrlEncoder().encodeToString(hash).substring(0, 16);
    files.put(path, new PageFile(type, bytes, bytes, tag, false));
  }

  private void addBuilt(String path, String hash) {
    byte[] bytes = read(BUILT + hash);
    byte[] compressed = read(BUILT + hash + PageBuild.COMPRESSED);
    boolean pays = compressed.length < bytes.length;
    String type =
        switch (path.substring(path.lastIndexOf('.') + 1)) {
          case "css" -> STYLE;
          case "svg" -> PICTURE;
          case "mjs" -> SCRIPT;
          default -> HTML;
        };
    boolean lasting = path.startsWith("/assets/");
    files.put(path, new PageFile(type, bytes, pays ? compressed : bytes, hash, lasting));
  }

  private static byte[] read(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "the page's " + name + " is missing from the program: ./mvnw process-classes makes it");
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
