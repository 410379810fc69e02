package dev.podium.localcloud.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.podium.localcloud.state.Refusal;
import dev.podium.localcloud.state.storage.Buckets;
import dev.podium.localcloud.state.storage.Checksums;
import dev.podium.localcloud.state.storage.Content;
import dev.podium.localcloud.state.storage.ResumableUpload;
import dev.podium.localcloud.state.storage.StoredObject;
import dev.podium.localcloud.state.storage.Uploads;
import dev.podium.localcloud.storage.form.ContentRange;
import dev.podium.localcloud.storage.form.JsonAnswers;
import dev.podium.localcloud.storage.form.RelatedParts;
import dev.podium.localcloud.storage.form.StorageCall;
import dev.podium.localcloud.storage.form.StorageJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The three ways in which bytes come: alone, behind a description, or in as many requests as it
/// takes. Source: https://cloud.google.com/storage/docs/uploads-downloads
final class UploadMethods {
  private static final HttpStatus RESUME_INCOMPLETE = HttpStatus.valueOf(308);
  private static final HttpStatus CANCELLED = HttpStatus.valueOf(499);
  private static final Pattern HASH = Pattern.compile("(crc32c|md5)=([A-Za-z0-9+/=]+)");

  private final Buckets buckets;
  private final Uploads uploads;
  private final StorageJson json;

  UploadMethods(Buckets buckets, Uploads uploads, StorageJson json) {
    this.buckets = buckets;
    this.uploads = uploads;
    this.json = json;
  }

  HttpResponse begin(StorageCall call, String bucket) throws IOException {
    return switch (call.parameter("uploadType")) {
      case "media" -> {
        ObjectNode wanted = StorageJson.node();
        wanted.put("contentType", call.header(HttpHeaderNames.CONTENT_TYPE));
        yield stored(call, bucket, wanted, call.body());
      }
      case "multipart" -> multipart(call, bucket);
      case "resumable" -> resumable(call, bucket);
      default -> throw Refusal.invalid("Invalid upload request");
    };
  }

  private HttpResponse multipart(StorageCall call, String bucket) throws IOException {
    RelatedParts parts = RelatedParts.of(call.header(HttpHeaderNames.CONTENT_TYPE), call.body());
    ObjectNode wanted = (ObjectNode) parts.description();
    if (!wanted.has("contentType")) {
      wanted.put("contentType", parts.mediaType());
    }
    return stored(call, bucket, wanted, parts.media());
  }

  private HttpResponse stored(StorageCall call, String bucket, ObjectNode wanted, InputStream bytes)
      throws IOException {
    String name = name(call, wanted);
    buckets.expect(bucket, name, call.preconditions());
    Content content = uploads.take(writer -> writer.append(bytes, 0), checksums(call, wanted));
    StoredObject made =
        buckets.put(
            bucket, name, content, 0, StorageJson.objectSettings(wanted), call.preconditions());
    return JsonAnswers.json(call, json.object(made, call.root()));
  }

  private HttpResponse resumable(StorageCall call, String bucket) throws IOException {
    ObjectNode wanted = (ObjectNode) StorageJson.read(call.body());
    String type = call.header("x-upload-content-type");
    if (!wanted.has("contentType") && !type.isEmpty()) {
      wanted.put("contentType", type);
    }
    String id =
        uploads.begin(
            bucket,
            name(call, wanted),
            StorageJson.objectSettings(wanted),
            checksums(call, wanted),
            call.preconditions());
    String address =
        call.root()
            + "/upload/storage/v1/b/"
            + URLEncoder.encode(bucket, StandardCharsets.UTF_8)
            + "/o?uploadType=resumable&upload_id="
            + id;
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.OK)
            .set(HttpHeaderNames.LOCATION, address)
            .set("x-guploader-uploadid", id)
            .set(HttpHeaderNames.CONTENT_LENGTH, "0")
            .build());
  }

  /// More bytes of a resumable upload, or the question how far it is.
  HttpResponse resume(StorageCall call, String id) throws IOException {
    ResumableUpload upload =
        uploads.find(id).orElseThrow(() -> new Refusal(404, "notFound", "No such upload."));
    ContentRange range = ContentRange.parse(call.header(HttpHeaderNames.CONTENT_RANGE));
    long first = range.first().orElseGet(upload::size);
    Optional<StoredObject> done =
        upload.append(
            range.first().isPresent() ? call.body() : new ByteArrayInputStream(new byte[0]),
            first,
            range.total(),
            range.last());
    return done.map(made -> JsonAnswers.json(call, json.object(made, call.root())))
        .orElseGet(() -> incomplete(upload.size()));
  }

  HttpResponse cancel(String id) throws IOException {
    if (!uploads.cancel(id)) {
      throw new Refusal(404, "notFound", "No such upload.");
    }
    return HttpResponse.of(CANCELLED);
  }

  private static HttpResponse incomplete(long size) {
    ResponseHeadersBuilder headers = ResponseHeaders.builder(RESUME_INCOMPLETE);
    if (size > 0) {
      headers.set(HttpHeaderNames.RANGE, "bytes=0-" + (size - 1));
    }
    return HttpResponse.of(
        headers.set(HttpHeaderNames.CONTENT_LENGTH, "0").build(), HttpData.empty());
  }

  private static String name(StorageCall call, JsonNode wanted) {
    String name = call.parameter("name");
    return name.isEmpty() ? wanted.path("name").asText() : name;
  }

  /// In a header, or in the description.
  private static Checksums checksums(StorageCall call, JsonNode wanted) {
    String md5 = wanted.path("md5Hash").asText(call.header(HttpHeaderNames.CONTENT_MD5));
    String crc32c = wanted.path("crc32c").asText();
    Matcher hashes = HASH.matcher(call.header("x-goog-hash"));
    while (hashes.find()) {
      if (hashes.group(1).equals("md5")) {
        md5 = hashes.group(2);
      } else {
        crc32c = hashes.group(2);
      }
    }
    return new Checksums(md5, crc32c);
  }
}
