package dev.podium.desktop.image;

import dev.podium.desktop.control.failure.FailureText;
import dev.podium.desktop.fx.UiExecutor;
import dev.podium.desktop.image.ImagePort.Seen;
import dev.podium.fleet.image.DiskImage;
import dev.podium.fleet.image.publish.Cancellation;
import dev.podium.fleet.image.publish.ImageRelease;
import dev.podium.fleet.image.publish.PublishProgress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// The images of the project that is open, and a publication on its way. It goes on while the card
/// is closed. Belongs to the window's thread.
public final class ImageViewModel {
  private final Supplier<ImagePort> port;
  private final UiExecutor executor;
  private final ReadOnlyObjectWrapper<Optional<Seen>> seen =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<PublishProgress>> progress =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<@Nullable FailureText> refusal =
      new ReadOnlyObjectWrapper<>(null);
  private Optional<Cancellation> publication = Optional.empty();

  /// @param port opened at the first question, on a thread that may block
  public ImageViewModel(Supplier<ImagePort> port, UiExecutor executor) {
    this.port = port;
    this.executor = executor;
  }

  /// Asks the cloud what there is.
  public void look() {
    run(() -> "");
  }

  /// Publishes an archive; told by [#progress].
  public void publish(Path archive) {
    if (busy.get()) {
      return;
    }
    Cancellation cancellation = new Cancellation();
    publication = Optional.of(cancellation);
    run(() ->
        words(
            port.get()
                .publish(
                    archive,
                    step -> executor.onWindow(() -> told(cancellation, step)),
                    cancellation)));
  }

  private void told(Cancellation of, PublishProgress step) {
    if (publication.filter(of::equals).isPresent()) {
      progress.set(Optional.of(step));
    }
  }

  private static String words(ImageRelease.Released released) {
    return "Family "
        + released.image().family().orElse("")
        + " is at "
        + released.image().name()
        + ": "
        + released.seen().words()
        + "."
        + (released.retired().isEmpty()
            ? ""
            : " Retired: " + String.join(", ", released.retired()) + ".");
  }

  /// Stops the publication; it ends a moment later, and nothing of it is left.
  public void cancel() {
    publication.ifPresent(Cancellation::cancel);
  }

  /// Makes new VMs from that one on.
  public void use(DiskImage image) {
    run(() -> {
      port.get().use(image.reference());
      return "New VMs are made from " + image.name() + ". Those that run stay as they are.";
    });
  }

  /// Makes new VMs from whatever is the newest of an image's family.
  public void follow(DiskImage image) {
    image
        .family()
        .ifPresent(family ->
            run(() -> {
              port.get().use("global/images/family/" + family);
              return "New VMs are made from the newest image of family " + family + ".";
            }));
  }

  /// Removes what nobody needs.
  public void prune() {
    List<DiskImage> unneeded = seen.get().map(Seen::prunable).orElse(List.of());
    run(() -> {
      port.get().remove(unneeded);
      return "";
    });
  }

  private void run(Callable<String> work) {
    if (busy.get()) {
      return;
    }
    busy.set(true);
    refusal.set(null);
    note.set("");
    executor.call(
        () -> {
          String said = work.call();
          return new Result(said, port.get().look());
        },
        this::done,
        failure -> {
          ended();
          refusal.set(FailureText.of(failure));
        });
  }

  private record Result(String said, Seen seen) {}

  private void done(Result result) {
    ended();
    note.set(result.said());
    seen.set(Optional.of(result.seen()));
  }

  private void ended() {
    publication = Optional.empty();
    progress.set(Optional.empty());
    busy.set(false);
  }

  /// What there is; none before the first answer.
  public ReadOnlyObjectProperty<Optional<Seen>> seen() {
    return seen.getReadOnlyProperty();
  }

  /// How far the publication is; none while there is none.
  public ReadOnlyObjectProperty<Optional<PublishProgress>> progress() {
    return progress.getReadOnlyProperty();
  }

  /// Whether the cloud is being asked.
  public ReadOnlyBooleanProperty busy() {
    return busy.getReadOnlyProperty();
  }

  /// What was done last, in a sentence; empty if nothing.
  public ReadOnlyStringProperty note() {
    return note.getReadOnlyProperty();
  }

  /// Why it was not; null if it was.
  public ReadOnlyObjectProperty<@Nullable FailureText> refusal() {
    return refusal.getReadOnlyProperty();
  }
}
