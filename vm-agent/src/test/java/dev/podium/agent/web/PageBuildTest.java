package dev.podium.agent.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the build makes of the page's sources.
class PageBuildTest {
  private static Path sources(Path folder, String style) throws Exception {
    Files.createDirectories(folder.resolve("page"));
    Files.writeString(folder.resolve("app.css"), style);
    Files.writeString(folder.resolve("icon.svg"), "<svg/>");
    Files.writeString(
        folder.resolve("index.html"),
        "<link href=\"/app.css\"><img src=\"/icon.svg\"><script src=\"/page/main.mjs\">");
    Files.writeString(folder.resolve("wait.html"), "<script src=\"/page/wait.mjs\">");
    Files.writeString(folder.resolve("page/main.mjs"), "const a = 1;\n");
    Files.writeString(folder.resolve("page/wait.mjs"), "const b = 2;\n");
    return folder;
  }

  @Test
  void a_part_has_another_address_when_its_bytes_are_others(@TempDir Path folder) throws Exception {
    Map<String, byte[]> first = PageBuild.of(sources(folder, "a {}"));
    Map<String, byte[]> second = PageBuild.of(sources(folder, "b {}"));
    assertThat(first).hasSize(6);
    List<String> changed =
        first.keySet().stream().filter(address -> !second.containsKey(address)).toList();
    assertThat(changed).singleElement().asString().startsWith("/assets/app-").endsWith(".css");
    assertThat(new String(first.getOrDefault("/", new byte[0]), UTF_8))
        .contains(changed.getFirst());
  }

  /// A file of the build before would stay in the program for good.
  @Test
  void the_folder_holds_nothing_of_the_build_before(@TempDir Path folder) throws Exception {
    PageBuild.main(new String[] {sources(folder, "a {}").toString()});
    PageBuild.main(new String[] {sources(folder, "b {}").toString()});
    Path built = folder.resolve(PageBuild.FOLDER);
    try (Stream<Path> files = Files.list(built)) {
      assertThat(files).hasSize(13);
    }
    assertThat(Files.readAllLines(built.resolve(PageBuild.LIST)))
        .hasSize(6)
        .allSatisfy(line -> {
          String hash = line.substring(line.indexOf(' ') + 1);
          assertThat(built.resolve(hash)).exists();
          assertThat(built.resolve(hash + PageBuild.COMPRESSED)).exists();
        });
  }
}
