package dev.podium.localcloud.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.Identity;
import com.google.cloud.NoCredentials;
import com.google.cloud.ReadChannel;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.storage.StorageRoles;
import dev.podium.localcloud.LocalCloud;
import dev.podium.localcloud.LocalCloudOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Cloud Storage, mostly as Google's client for Java uses it.
class StorageTest {
  private static final String BUCKET = "podium-images";

  private final HttpClient http = HttpClient.newHttpClient();
  private LocalCloud cloud;
  private Storage storage;

  @BeforeEach
  void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    storage = client(cloud);
    storage.create(BucketInfo.newBuilder(BUCKET).setLocation("us-central1").build());
  }

  @AfterEach
  void stop() throws Exception {
    storage.close();
    cloud.close();
  }

  private static Storage client(LocalCloud cloud) {
    return StorageOptions.http()
        .setHost(root(cloud))
        .setProjectId(cloud.project())
        .setCredentials(NoCredentials.getInstance())
        .build()
        .getService();
  }

  private static String root(LocalCloud cloud) {
    return "http://127.0.0.1:" + cloud.compute().getPort();
  }

  @Test
  void an_object_comes_back_as_it_was_put() {
    Blob put =
        storage.create(
            BlobInfo.newBuilder(BUCKET, "a/b c.txt")
                .setContentType("text/plain")
                .setMetadata(Map.of("image", "podium-1"))
                .build(),
            "hello".getBytes(StandardCharsets.UTF_8));
    assertThat(put.getGeneration()).isPositive();
    assertThat(storage.readAllBytes(BUCKET, "a/b c.txt")).asString().isEqualTo("hello");
    Blob found = storage.get(BUCKET, "a/b c.txt");
    assertThat(found.getContentType()).isEqualTo("text/plain");
    assertThat(found.getMetadata()).containsEntry("image", "podium-1");
    assertThat(found.getMd5()).isEqualTo("XUFAKrxLKna5cZ2REBfFkg==");
    assertThat(found.getCrc32c()).isEqualTo("mnG7TA==");
    assertThat(found.delete()).isTrue();
    assertThat(storage.get(BUCKET, "a/b c.txt")).isNull();
  }

  @Test
  void a_large_object_comes_in_pieces_and_is_read_in_parts() throws IOException {
    byte[] bytes = bytes(5 * 1024 * 1024 + 11);
    try (WriteChannel channel =
        storage.writer(BlobInfo.newBuilder(BUCKET, "disk.tar.gz").build())) {
      channel.setChunkSize(1024 * 1024);
      channel.write(ByteBuffer.wrap(bytes));
    }
    assertThat(storage.readAllBytes(BUCKET, "disk.tar.gz")).isEqualTo(bytes);
    try (ReadChannel channel = storage.reader(BUCKET, "disk.tar.gz")) {
      channel.seek(1_000_000);
      ByteBuffer part = ByteBuffer.allocate(16);
      while (part.hasRemaining() && channel.read(part) >= 0) {
        // Until it is full.
      }
      assertThat(part.array()).isEqualTo(Arrays.copyOfRange(bytes, 1_000_000, 1_000_016));
    }
  }

  @Test
  void an_upload_that_was_cut_off_goes_on_where_it_stopped() throws Exception {
    byte[] bytes = bytes(600_000);
    HttpResponse<String> begun =
        send(
            HttpRequest.newBuilder(
                    URI.create(
                        root(cloud)
                            + "/upload/storage/v1/b/"
                            + BUCKET
                            + "/o?uploadType=resumable&name=cut"))
                .POST(HttpRequest.BodyPublishers.noBody()));
    URI session = URI.create(begun.headers().firstValue("location").orElseThrow());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), session.getPort())) {
      OutputStream out = socket.getOutputStream();
      String head =
          "PUT %s?%s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 600000\r\n\r\n"
              .formatted(session.getPath(), session.getQuery());
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(bytes, 0, 300_000);
      out.flush();
    }
    HttpResponse<String> asked = askUntilSomethingIsThere(session);
    assertThat(asked.statusCode()).isEqualTo(308);
    String range = asked.headers().firstValue("range").orElseThrow();
    int next = Integer.parseInt(range.substring("bytes=0-".length())) + 1;
    assertThat(next).isBetween(1, 300_000);
    HttpResponse<String> done =
        send(
            HttpRequest.newBuilder(session)
                .header("Content-Range", "bytes " + next + "-599999/600000")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes, next, bytes.length - next)));
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(storage.readAllBytes(BUCKET, "cut")).isEqualTo(bytes);
  }

  private HttpResponse<String> askUntilSomethingIsThere(URI session) throws Exception {
    while (true) {
      HttpResponse<String> asked =
          send(
              HttpRequest.newBuilder(session)
                  .header("Content-Range", "bytes */600000")
                  .PUT(HttpRequest.BodyPublishers.noBody()));
      if (asked.headers().firstValue("range").isPresent()) {
        return asked;
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void other_bytes_than_were_promised_are_refused_and_leave_nothing() throws Exception {
    HttpResponse<String> refused =
        send(
            HttpRequest.newBuilder(
                    URI.create(
                        root(cloud)
                            + "/upload/storage/v1/b/"
                            + BUCKET
                            + "/o?uploadType=media&name=bad"))
                .header("x-goog-hash", "md5=XUFAKrxLKna5cZ2REBfFkg==")
                .POST(HttpRequest.BodyPublishers.ofString("other")));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("doesn't match calculated MD5 hash");
    assertThat(storage.get(BUCKET, "bad")).isNull();
  }

  @Test
  void whoever_writes_second_learns_it() {
    BlobInfo page = BlobInfo.newBuilder(BUCKET, "fleet.json").build();
    Blob first = storage.create(page, new byte[] {1}, Storage.BlobTargetOption.doesNotExist());
    assertThatThrownBy(
            () -> storage.create(page, new byte[] {2}, Storage.BlobTargetOption.doesNotExist()))
        .hasMessageContaining("pre-conditions");
    Blob second =
        storage.create(
            BlobInfo.newBuilder(first.getBlobId()).build(),
            new byte[] {3},
            Storage.BlobTargetOption.generationMatch());
    assertThat(second.getGeneration()).isGreaterThan(first.getGeneration());
    assertThat(storage.get(first.getBlobId())).as("the bytes before").isNull();
  }

  @Test
  void a_bucket_lists_what_is_in_it_in_pages_and_folders() {
    for (String name : new String[] {"a/1", "a/2", "b", "c/3", "d"}) {
      storage.create(BlobInfo.newBuilder(BUCKET, name).build(), new byte[0]);
    }
    assertThat(names(Storage.BlobListOption.pageSize(2)))
        .containsExactly("a/1", "a/2", "b", "c/3", "d");
    assertThat(names(Storage.BlobListOption.prefix("a/"))).containsExactly("a/1", "a/2");
    assertThat(names(Storage.BlobListOption.currentDirectory()))
        .containsExactlyInAnyOrder("a/", "b", "c/", "d");
  }

  private List<String> names(Storage.BlobListOption option) {
    return StreamSupport.stream(storage.list(BUCKET, option).iterateAll().spliterator(), false)
        .map(Blob::getName)
        .toList();
  }

  @Test
  void a_bucket_that_is_public_is_read_by_browsers_and_no_other() throws Exception {
    storage.create(
        BlobInfo.newBuilder(BUCKET, "index.html").setContentType("text/html").build(),
        "<p>hi".getBytes(StandardCharsets.UTF_8));
    URI address = URI.create(root(cloud) + "/" + BUCKET + "/index.html");
    HttpResponse<String> refused = send(HttpRequest.newBuilder(address));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("<Code>AccessDenied</Code>");
    storage.setIamPolicy(
        BUCKET,
        storage.getIamPolicy(BUCKET).toBuilder()
            .addIdentity(StorageRoles.objectViewer(), Identity.allUsers())
            .build());
    HttpResponse<String> read = send(HttpRequest.newBuilder(address));
    assertThat(read.body()).isEqualTo("<p>hi");
    assertThat(read.headers().firstValue("content-type")).contains("text/html");
    HttpResponse<String> part =
        send(HttpRequest.newBuilder(address).header("Range", "bytes=3-100"));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("content-range")).contains("bytes 3-4/5");
    assertThat(send(HttpRequest.newBuilder(address).header("Range", "bytes=9-")).statusCode())
        .isEqualTo(416);
  }

  @Test
  void what_a_company_keeps_private_cannot_be_made_public() {
    storage.create(
        BucketInfo.newBuilder("podium-private")
            .setIamConfiguration(
                BucketInfo.IamConfiguration.newBuilder()
                    .setPublicAccessPrevention(BucketInfo.PublicAccessPrevention.ENFORCED)
                    .build())
            .build());
    assertThatThrownBy(() ->
            storage.setIamPolicy(
                "podium-private",
                storage.getIamPolicy("podium-private").toBuilder()
                    .addIdentity(StorageRoles.objectViewer(), Identity.allUsers())
                    .build()))
        .hasMessageContaining("public access prevention is enforced");
  }

  @Test
  void refusals_are_worded_as_googles() {
    assertThatThrownBy(() -> storage.create(BucketInfo.of(BUCKET)))
        .hasMessageContaining("you already own it");
    assertThatThrownBy(() -> storage.create(BucketInfo.of("No")))
        .hasMessageContaining("Invalid bucket name: 'No'");
    assertThatThrownBy(() -> storage.readAllBytes(BUCKET, "none"))
        .hasMessageContaining("No such object: podium-images/none");
    assertThatThrownBy(() -> storage.readAllBytes("none-such", "none"))
        .hasMessageContaining("The specified bucket does not exist.");
    storage.create(BlobInfo.newBuilder(BUCKET, "there").build(), new byte[0]);
    assertThatThrownBy(() -> storage.delete(BUCKET))
        .hasMessageContaining("The bucket you tried to delete is not empty.");
  }

  @Test
  void who_has_no_token_where_tokens_are_needed_gets_nothing() throws Exception {
    try (LocalCloud strict = LocalCloud.start(LocalCloudOptions.defaults().withRequireAuth(true))) {
      URI buckets = URI.create(root(strict) + "/storage/v1/b?project=" + strict.project());
      HttpResponse<String> nobody = send(HttpRequest.newBuilder(buckets));
      assertThat(nobody.statusCode()).isEqualTo(401);
      assertThat(nobody.body())
          .contains("Anonymous caller does not have storage.buckets.list access");
      HttpResponse<String> stranger =
          send(HttpRequest.newBuilder(buckets).header("Authorization", "Bearer wrong"));
      assertThat(stranger.statusCode()).isEqualTo(401);
      assertThat(stranger.body()).contains("Invalid Credentials");
    }
  }

  @Test
  void the_bytes_are_gone_with_the_cloud() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    storage.create(BlobInfo.newBuilder(BUCKET, "x").build(), bytes(100));
    String own = "podium-cloud-" + ProcessHandle.current().pid() + "-";
    assertThat(files(temporary, own)).isPositive();
    cloud.close();
    assertThat(files(temporary, own)).isZero();
  }

  private static long files(Path folder, String prefix) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.filter(one -> one.getFileName().toString().startsWith(prefix)).count();
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }
}
