package dev.podium.desktop.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.stage.FileChooser;

/// The desktop's own dialog that asks for a file to write activities to.
public final class SaveDialog implements Supplier<Optional<Path>> {
  @Override
  public Optional<Path> get() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Export the activities");
    chooser.setInitialFileName("podium-activity.jsonl");
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter("JSON lines", "*.jsonl", "*.json"),
            new FileChooser.ExtensionFilter("Comma-separated values", "*.csv"));
    File chosen = chooser.showSaveDialog(null);
    return Optional.ofNullable(chosen).map(File::toPath);
  }
}
