package dev.podium.desktop.image;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.stage.FileChooser;

/// The desktop's own dialog that asks for the archive of an image.
public final class ArchiveDialog implements Supplier<Optional<Path>> {
  @Override
  public Optional<Path> get() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("The archive of the VM image");
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter("Archives of a disk", "*.tar.gz"),
            new FileChooser.ExtensionFilter("All files", "*"));
    File chosen = chooser.showOpenDialog(null);
    return Optional.ofNullable(chosen).map(File::toPath);
  }
}
