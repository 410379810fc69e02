package dev.podium.localcloud.state.storage;

import dev.podium.localcloud.state.Refusal;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The resumable uploads that are under way. Safe for use from any thread.
public final class Uploads {
  /// Whoever begins more and finishes none must not fill the disk.
  private static final int MOST = 1_000;

  private final Buckets buckets;
  private final ContentFolder folder;
  private final SecureRandom random = new SecureRandom();
  private final SequencedMap<String, ResumableUpload> underWay = new LinkedHashMap<>();

  public Uploads(Buckets buckets, ContentFolder folder) {
    this.buckets = buckets;
    this.folder = folder;
  }

  /// Begins one.
  ///
  /// @return the id by which whoever has it may go on, without a token
  /// @throws Refusal 400, 404, 412
  public String begin(
      String bucket,
      String name,
      Map<String, Object> settings,
      Checksums expected,
      Preconditions wanted)
      throws IOException {
    buckets.expect(bucket, name, wanted);
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    ResumableUpload upload =
        new ResumableUpload(buckets, bucket, name, settings, expected, wanted, folder.begin());
    synchronized (underWay) {
      underWay.put(id, upload);
      if (underWay.size() > MOST) {
        var oldest = underWay.pollFirstEntry();
        if (oldest != null) {
          oldest.getValue().cancel();
        }
      }
    }
    return id;
  }

  /// @return empty if there was none, or it was given up
  public Optional<ResumableUpload> find(String id) {
    synchronized (underWay) {
      return Optional.ofNullable(underWay.get(id));
    }
  }

  /// Gives one up.
  ///
  /// @return whether there was one
  public boolean cancel(String id) throws IOException {
    ResumableUpload upload;
    synchronized (underWay) {
      upload = underWay.remove(id);
    }
    if (upload == null) {
      return false;
    }
    upload.cancel();
    return true;
  }

  /// Takes all bytes of an object at once.
  ///
  /// @param write appends them
  /// @param expected what the client says of them
  /// @throws Refusal 400 if other bytes came
  public Content take(Bytes write, Checksums expected) throws IOException {
    ContentWriter writer = folder.begin();
    try {
      write.to(writer);
      Content content = writer.finish();
      expected.check(content);
      return content;
    } catch (IOException | RuntimeException fault) {
      writer.close();
      throw fault;
    }
  }

  /// Where bytes come from.
  @FunctionalInterface
  public interface Bytes {
    void to(ContentWriter writer) throws IOException;
  }
}
