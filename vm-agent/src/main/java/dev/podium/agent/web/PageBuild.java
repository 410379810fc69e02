package dev.podium.agent.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Makes of the page's sources what browsers load: one script, addresses that change with the
/// bytes, and everything compressed. The build runs it once, so that no agent does when it starts.
public final class PageBuild {
  /// Beside the sources' own folder in the program.
  static final String FOLDER = "built";

  /// What is in the folder, one file a line: its address, a space, and the hash of its bytes.
  static final String LIST = "list.txt";

  /// Behind the name of a file that is compressed.
  static final String COMPRESSED = ".gz";

  /// So many letters tell two contents apart.
  private static final int HASH_LETTERS = 16;

  private final Path sources;
  private final Map<String, byte[]> files = new TreeMap<>();

  private PageBuild(Path sources) {
    this.sources = sources;
  }

  /// @param arguments the folder of the page's sources in the program's classes
  public static void main(String[] arguments) throws IOException {
    Path sources = Path.of(arguments[0]);
    write(of(sources), sources.resolve(FOLDER));
  }

  /// What browsers load, by its address: `/` and `/join` are the pages.
  ///
  /// @throws IllegalStateException if a module has a form that [PageScript] does not know
  static Map<String, byte[]> of(Path sources) {
    PageBuild build = new PageBuild(sources);
    String style = build.lasting("app", ".css", build.read("app.css"));
    String icon = build.lasting("icon", ".svg", build.read("icon.svg"));
    build.page("/", "index.html", "main", style, icon);
    build.page("/join", "wait.html", "wait", style, icon);
    return build.files;
  }

  private void page(String address, String name, String main, String style, String icon) {
    String script = PageScript.of(main, module -> text("page/" + module + ".mjs"));
    String page =
        text(name)
            .replace("\"/app.css\"", '"' + style + '"')
            .replace("\"/icon.svg\"", '"' + icon + '"')
            .replace(
                "\"/page/" + main + ".mjs\"",
                '"' + lasting(main, ".mjs", script.getBytes(UTF_8)) + '"');
    files.put(address, page.getBytes(UTF_8));
  }

  /// @return the address, which is another one for other bytes
  private String lasting(String name, String ending, byte[] bytes) {
    String address = "/assets/" + name + "-" + hash(bytes) + ending;
    files.put(address, bytes);
    return address;
  }

  private String text(String name) {
    return new String(read(name), UTF_8);
  }

  private byte[] read(String name) {
    try {
      return Files.readAllBytes(sources.resolve(name));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void write(Map<String, byte[]> files, Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> old = Files.walk(folder)) {
        for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
    StringBuilder list = new StringBuilder();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String hash = hash(file.getValue());
      Files.write(folder.resolve(hash), file.getValue());
      Files.write(folder.resolve(hash + COMPRESSED), compressed(file.getValue()));
      list.append(file.getKey()).append(' ').append(hash).append('\n');
    }
    Files.writeString(folder.resolve(LIST), list);
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Base64.getUrlEncoder().encodeToString(hash).substring(0, HASH_LETTERS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // Every JDK has it.
    }
  }

  private static byte[] compressed(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    try (GZIPOutputStream gzip = new BestGzip(out)) {
      gzip.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
