package dev.podium.localcloud.storage;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.podium.localcloud.state.storage.StoredObject;
import dev.podium.localcloud.storage.form.ByteRange;
import dev.podium.localcloud.storage.form.StorageCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/// Sends objects' bytes, or a part of them. Source:
/// https://cloud.google.com/storage/docs/xml-api/reference-headers
final class Downloads {
  private static final System.Logger LOG = System.getLogger(Downloads.class.getName());
  private static final int CHUNK_BYTES = 64 * 1024;

  private static final Map<String, CharSequence> SETTINGS =
      Map.of(
          "cacheControl", HttpHeaderNames.CACHE_CONTROL,
          "contentDisposition", HttpHeaderNames.CONTENT_DISPOSITION,
          "contentEncoding", HttpHeaderNames.CONTENT_ENCODING,
          "contentLanguage", HttpHeaderNames.CONTENT_LANGUAGE);

  private final Executor executor;

  /// @param executor starts a virtual thread for each answer
  Downloads(Executor executor) {
    this.executor = executor;
  }

  HttpResponse answer(StorageCall call, StoredObject object) throws IOException {
    String etag = "\"" + object.content().md5() + object.content().crc32c() + "\"";
    if (call.header(HttpHeaderNames.IF_NONE_MATCH).contains(etag)) {
      return HttpResponse.of(
          ResponseHeaders.of(HttpStatus.NOT_MODIFIED, HttpHeaderNames.ETAG, etag));
    }
    long size = object.content().size();
    Optional<ByteRange> range = ByteRange.parse(call.header(HttpHeaderNames.RANGE), size);
    ByteRange part = range.orElse(new ByteRange(0, size - 1));
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(range.isPresent() ? HttpStatus.PARTIAL_CONTENT : HttpStatus.OK)
            .set(HttpHeaderNames.CONTENT_TYPE, object.contentType())
            .set(HttpHeaderNames.CONTENT_LENGTH, Long.toString(part.length()))
            .set(HttpHeaderNames.ACCEPT_RANGES, "bytes")
            .set(HttpHeaderNames.ETAG, etag)
            .set(
                HttpHeaderNames.LAST_MODIFIED,
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    object.updated().atOffset(ZoneOffset.UTC)))
            .set("x-goog-generation", Long.toString(object.generation()))
            .set("x-goog-metageneration", Long.toString(object.metageneration()))
            .set("x-goog-storage-class", "STANDARD")
            .set("x-goog-stored-content-encoding", "identity")
            .set("x-goog-stored-content-length", Long.toString(size))
            .set("x-goog-hash", hashes(object));
    range.ifPresent(some ->
        headers.set(
            HttpHeaderNames.CONTENT_RANGE,
            "bytes " + some.first() + "-" + some.last() + "/" + size));
    SETTINGS.forEach((setting, header) -> {
      if (!object.setting(setting).isEmpty()) {
        headers.set(header, object.setting(setting));
      }
    });
    if (call.headers().method() == HttpMethod.HEAD || part.length() <= 0) {
      return HttpResponse.of(headers.build());
    }
    InputStream bytes = Files.newInputStream(object.content().file());
    HttpResponseWriter writer = HttpResponse.streaming();
    writer.write(headers.build());
    executor.execute(() -> send(bytes, part, writer));
    return writer;
  }

  private static String hashes(StoredObject object) {
    String md5 = object.content().md5();
    return "crc32c=" + object.content().crc32c() + (md5.isEmpty() ? "" : ",md5=" + md5);
  }

  /// As fast as the reader takes it.
  private static void send(InputStream bytes, ByteRange part, HttpResponseWriter writer) {
    try (bytes) {
      bytes.skipNBytes(part.first());
      long left = part.length();
      while (left > 0) {
        byte[] chunk = bytes.readNBytes((int) Math.min(left, CHUNK_BYTES));
        if (chunk.length == 0 || !writer.tryWrite(HttpData.wrap(chunk))) {
          break;
        }
        left -= chunk.length;
        writer.whenConsumed().join();
      }
      writer.close();
    } catch (IOException fault) {
      writer.close(fault);
      LOG.log(System.Logger.Level.WARNING, "An object could not be read.", fault);
    } catch (CompletionException | CancellationException gone) {
      writer.close();
    }
  }
}
