package dev.podium.localcloud.state.compute;

import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.Scope;
import dev.podium.localcloud.state.fault.Tempo;
import dev.podium.localcloud.state.operation.Operation;
import dev.podium.localcloud.state.operation.OperationError;
import dev.podium.localcloud.state.operation.Operations.Caller;
import dev.podium.localcloud.state.resource.Image;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Changes of the project's images. Any thread may call; no method blocks.
///
/// An image is there from the moment of its insert, and PENDING until its operation is done. One
/// whose import fails is gone again.
public final class ImageEdits {
  private final ComputeState state;
  private final Tempo tempo;

  public ImageEdits(ComputeState state, Tempo tempo) {
    this.state = state;
    this.tempo = tempo;
  }

  /// Makes an image.
  ///
  /// @param unusable why what it is made from is no disk, in Compute Engine's words
  /// @throws Refusal 409 if there is one of that name
  public Operation insert(Image image, Optional<String> unusable, Caller caller) {
    Optional<OperationError> obstacle =
        state
            .mishap("insert")
            .or(() -> QuotaUsage.obstacleToImage(state))
            .or(() -> unusable.map(OperationError::unusable));
    state.images().insert(image);
    return done(
        "insert",
        image,
        tempo.provisioning(),
        caller,
        obstacle,
        () -> state.images().change(image, Image::whole),
        () -> state.images().remove(image));
  }

  /// Removes an image; disks that were made from it stay.
  ///
  /// @throws Refusal 404
  public Operation delete(String name, Caller caller) {
    Image image = require(name);
    Optional<OperationError> mishap = state.mishap("delete");
    if (mishap.isEmpty()) {
      state.images().remove(image);
    }
    return done("delete", image, tempo.update(), caller, mishap, () -> {}, () -> {});
  }

  /// Changes what people say of an image: its family, labels, or whether it is to be used.
  ///
  /// @param type of the operation
  /// @throws Refusal 404
  public Operation change(String type, String name, UnaryOperator<Image> changing, Caller caller) {
    Image image = require(name);
    // Before the operation is opened, because it may refuse.
    Image changed = changing.apply(image);
    Optional<OperationError> mishap = state.mishap(type);
    if (mishap.isEmpty()) {
      state.images().change(image, _ -> changed);
    }
    return done(type, image, tempo.update(), caller, mishap, () -> {}, () -> {});
  }

  /// One of the project's own.
  ///
  /// @throws Refusal 404
  public Image require(String name) {
    return state
        .images()
        .find(state.project().id(), name)
        .orElseThrow(() -> Refusal.notFound(state.project().path("global/images/" + name)));
  }

  private Operation done(
      String type,
      Image image,
      Duration duration,
      Caller caller,
      Optional<OperationError> error,
      Runnable whenWell,
      Runnable whenNot) {
    Operation operation =
        state
            .operations()
            .open(Scope.GLOBAL, type, "global/images/" + image.name(), image.id(), caller);
    state
        .timeline()
        .after(
            duration.plus(state.faults().slowOperations()),
            () -> {
              (error.isPresent() ? whenNot : whenWell).run();
              error.ifPresentOrElse(
                  why -> state.operations().fail(operation, why),
                  () -> state.operations().finish(operation));
            });
    return operation;
  }
}
