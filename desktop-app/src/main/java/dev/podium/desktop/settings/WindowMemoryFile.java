package dev.podium.desktop.settings;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps [WindowMemory] in a properties file. What it holds is a comfort: a file that cannot be
/// read or written is logged and never in anybody's way.
public final class WindowMemoryFile {
  private static final Logger LOG = LoggerFactory.getLogger(WindowMemoryFile.class);

  private final Path file;

  /// @param file need not exist, nor its folder
  public WindowMemoryFile(Path file) {
    this.file = file;
  }

  /// What was kept, or what a first start has.
  public WindowMemory read() {
    Properties kept = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      kept.load(reader);
      return parse(kept);
    } catch (NoSuchFileException firstStart) {
      return WindowMemory.first();
    } catch (IOException | IllegalArgumentException unreadable) {
      LOG.warn(
          "The window's settings in {} were not readable and start anew: {}",
          file,
          unreadable.getMessage());
      return WindowMemory.first();
    }
  }

  private static WindowMemory parse(Properties kept) {
    WindowMemory first = WindowMemory.first();
    Set<String> hidden = new TreeSet<>(Set.of(kept.getProperty("hidden-columns", "").split(",")));
    hidden.remove("");
    return new WindowMemory(
        Appearance.valueOf(kept.getProperty("appearance", first.appearance().name())),
        Double.parseDouble(kept.getProperty("width", "" + first.width())),
        Double.parseDouble(kept.getProperty("height", "" + first.height())),
        Boolean.parseBoolean(kept.getProperty("maximized", "false")),
        hidden,
        Double.parseDouble(kept.getProperty("details-share", "" + first.detailsShare())));
  }

  /// Keeps it, replacing the file as a whole so that a crash leaves the old one. Blocks on the
  /// disk.
  public void write(WindowMemory memory) {
    Properties kept = new Properties();
    kept.setProperty("appearance", memory.appearance().name());
    kept.setProperty("width", "" + memory.width());
    kept.setProperty("height", "" + memory.height());
    kept.setProperty("maximized", "" + memory.maximized());
    kept.setProperty("hidden-columns", String.join(",", new TreeSet<>(memory.hiddenColumns())));
    kept.setProperty("details-share", "" + memory.detailsShare());
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      try (Writer writer = Files.newBufferedWriter(fresh)) {
        kept.store(writer, "Podium's window");
      }
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      LOG.warn("The window's settings could not be kept in {}: {}", file, unwritable.getMessage());
    }
  }
}
