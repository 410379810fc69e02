package dev.podium.desktop.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.stage.FileChooser;

/// The desktop's own dialog that asks for the file of an OAuth client.
public final class ClientFileDialog implements Supplier<Optional<Path>> {
  @Override
  public Optional<Path> get() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("The OAuth client’s file");
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter("JSON, as Google’s console gives it", "*.json"),
            new FileChooser.ExtensionFilter("All files", "*"));
    File chosen = chooser.showOpenDialog(null);
    return Optional.ofNullable(chosen).map(File::toPath);
  }
}
