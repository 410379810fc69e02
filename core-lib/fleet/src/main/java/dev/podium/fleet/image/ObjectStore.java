package dev.podium.fleet.image;

import java.util.List;

/// One bucket of Cloud Storage. All methods may be called from any thread, block, and throw
/// `PodiumException`.
public interface ObjectStore extends AutoCloseable {
  /// The bucket's name.
  String bucket();

  /// Makes sure that the bucket is there. One that is made removes by itself, after two days,
  /// whatever is in it.
  ///
  /// @param region where it is made, such as `europe-west1`
  /// @throws dev.podium.wire.model.PodiumException.NotFound if somebody chose it, and it is not
  void ensure(String region);

  /// The objects whose names begin so; none where there is no bucket.
  List<Stored> list(String prefix);

  /// Puts an object there, in place of any of that name.
  ///
  /// @param bytes the first `length` of which are taken
  /// @param crc32c that the cloud must find too, in base64
  /// @throws dev.podium.wire.model.PodiumException.Conflict if it found another
  void put(String name, byte[] bytes, int length, String crc32c);

  /// Puts an object together from others of the bucket, in that order.
  ///
  /// @param parts 1 to 32
  Stored compose(List<String> parts, String name);

  /// Removes an object. One that is no more is success.
  void delete(String name);

  /// Lets a service account read what is in the bucket.
  void letRead(String serviceAccount);

  /// What Compute Engine names an object of it by.
  String url(String name);

  @Override
  void close();

  /// An object of the bucket.
  ///
  /// @param crc32c checksum of its bytes, in base64
  record Stored(String name, long size, String crc32c) {}
}
