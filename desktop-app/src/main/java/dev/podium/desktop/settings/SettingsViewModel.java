package dev.podium.desktop.settings;

import dev.podium.desktop.fx.UiExecutor;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What the window remembers, changed from several places and kept at once. Belongs to the window's
/// thread.
public final class SettingsViewModel {
  private final WindowMemoryFile file;
  private final UiExecutor executor;
  private final ReadOnlyObjectWrapper<WindowMemory> memory;

  // What is to be written; the property belongs to the window's thread alone.
  private volatile WindowMemory newest;

  public SettingsViewModel(WindowMemoryFile file, UiExecutor executor) {
    this.file = file;
    this.executor = executor;
    this.newest = file.read();
    this.memory = new ReadOnlyObjectWrapper<>(newest);
  }

  /// What is remembered now.
  public ReadOnlyObjectProperty<WindowMemory> memory() {
    return memory.getReadOnlyProperty();
  }

  /// Changes it and keeps the change.
  public void change(UnaryOperator<WindowMemory> change) {
    WindowMemory changed = change.apply(memory.get());
    if (!changed.equals(memory.get())) {
      memory.set(changed);
      newest = changed;
      executor.inBackground(this::keep);
    }
  }

  // Writes one after the other, each with what is newest, so that the last change wins.
  private synchronized void keep() {
    file.write(newest);
  }

  /// Keeps it before the program ends. Blocks on the disk.
  public void flush() {
    keep();
  }
}
