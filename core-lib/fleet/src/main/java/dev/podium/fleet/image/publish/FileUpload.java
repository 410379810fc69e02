package dev.podium.fleet.image.publish;

import dev.podium.fleet.image.ObjectStore;
import dev.podium.fleet.image.ObjectStore.Stored;
import dev.podium.fleet.image.PartedFile;
import dev.podium.wire.model.PodiumException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Sends a file in parts, each with its checksum, and lets the cloud put them together. Parts that
/// are there already, from a call that was cut off, are not sent again: by whatever computer.
/// Blocks.
public final class FileUpload {
  /// Where everything is that publications put into a bucket.
  static final String ROOT = "podium-vm/";

  private static final int DIGITS = 16;

  private final ObjectStore store;
  private final PartedFile file;
  private final Consumer<PublishProgress> told;
  private final Cancellation cancellation;

  public FileUpload(
      ObjectStore store,
      PartedFile file,
      Consumer<PublishProgress> told,
      Cancellation cancellation) {
    this.store = store;
    this.file = file;
    this.told = told;
    this.cancellation = cancellation;
  }

  /// Where this file's objects are, and no other's.
  public String folder() {
    return ROOT + file.sha256().substring(0, DIGITS) + "/";
  }

  /// Sends what is not there yet.
  ///
  /// @return the whole object's name
  /// @throws PodiumException.Conflict if the cloud has other bytes than the file
  public String run() {
    String whole = folder() + file.name();
    Map<String, Stored> there =
        store.list(folder()).stream().collect(Collectors.toMap(Stored::name, Function.identity()));
    if (there.containsKey(whole) && same(there.get(whole))) {
      return whole;
    }
    List<String> parts = new ArrayList<>();
    byte[] bytes = new byte[file.partSize()];
    for (int i = 0; i < file.parts().size(); i++) {
      cancellation.check();
      String name = "%spart-%02d".formatted(folder(), i);
      parts.add(name);
      Stored known = there.get(name);
      if (known == null || !known.crc32c().equals(file.parts().get(i))) {
        store.put(name, bytes, file.read(i, bytes), file.parts().get(i));
      }
      long sent = Math.min(file.size(), (i + 1L) * file.partSize());
      told.accept(
          new PublishProgress(
              PublishProgress.Step.UPLOAD,
              sent,
              file.size(),
              "it goes to bucket '" + store.bucket() + "'"));
    }
    if (!same(store.compose(parts, whole))) {
      throw new PodiumException.Conflict(
          "The image was not published",
          "the checksum of what arrived is not that of the file",
          "Publish it again; if it goes wrong again, the network damages what is sent.",
          null);
    }
    parts.forEach(store::delete);
    return whole;
  }

  private boolean same(Stored whole) {
    return whole.size() == file.size() && whole.crc32c().equals(file.crc32c());
  }
}
