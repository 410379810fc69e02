package dev.podium.localcloud.state.storage;

import dev.podium.localcloud.state.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// An upload that may take many requests, and may be interrupted in any of them. Its requests are
/// answered one after the other. Source:
/// https://cloud.google.com/storage/docs/performing-resumable-uploads
public final class ResumableUpload {
  private final Buckets buckets;
  private final String bucket;
  private final String name;
  private final Map<String, Object> settings;
  private final Checksums expected;
  private final Preconditions wanted;
  private final ContentWriter writer;
  private Optional<StoredObject> done = Optional.empty();

  ResumableUpload(
      Buckets buckets,
      String bucket,
      String name,
      Map<String, Object> settings,
      Checksums expected,
      Preconditions wanted,
      ContentWriter writer) {
    this.buckets = buckets;
    this.bucket = bucket;
    this.name = name;
    this.settings = settings;
    this.expected = expected;
    this.wanted = wanted;
    this.writer = writer;
  }

  /// The bucket that it goes to.
  public String bucket() {
    return bucket;
  }

  /// Takes what comes. What came before a break stays, and is not to be sent again.
  ///
  /// @param first number of the first byte, from 0; what is here already is passed over
  /// @param total how many bytes the object has, if the client knows it by now
  /// @param last whether the object ends where these bytes end
  /// @return the object, if it is complete
  /// @throws Refusal 400 if bytes before these are missing, or checksums do not fit; 412
  /// @throws IOException if the connection or the disk fails
  public synchronized Optional<StoredObject> append(
      InputStream bytes, long first, OptionalLong total, boolean last) throws IOException {
    if (done.isPresent()) {
      return done;
    }
    if (first > writer.size()) {
      throw Refusal.invalid(
          "Invalid request.  There were " + writer.size() + " byte(s) in the request's range.");
    }
    writer.append(bytes, writer.size() - first);
    return last || (total.isPresent() && total.getAsLong() == writer.size())
        ? finish(total)
        : Optional.empty();
  }

  /// How many bytes are here.
  public synchronized long size() {
    return writer.size();
  }

  /// The object, if the upload is complete.
  public synchronized Optional<StoredObject> done() {
    return done;
  }

  private Optional<StoredObject> finish(OptionalLong total) throws IOException {
    if (total.isPresent() && total.getAsLong() != writer.size()) {
      throw Refusal.invalid(
          "Invalid request.  According to the Content-Range header, the upload offset is "
              + total.getAsLong()
              + " byte(s), which exceeds already uploaded size of "
              + writer.size()
              + " byte(s).");
    }
    Content content = writer.finish();
    try {
      expected.check(content);
    } catch (Refusal other) {
      writer.close();
      throw other;
    }
    done = Optional.of(buckets.put(bucket, name, content, 0, settings, wanted));
    return done;
  }

  /// It is not wanted any more.
  synchronized void cancel() throws IOException {
    if (done.isEmpty()) {
      writer.close();
    }
  }
}
