package dev.podium.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What a machine learns from its metadata server.
@DisabledOnOs(OS.WINDOWS)
class MetadataTest {
  private static final String VM = "zones/us-central1-a/instances/vm";

  private static LocalCloud cloud;
  private static Wire wire;
  private static String host;

  @BeforeAll
  static void start() {
    cloud =
        LocalCloud.start(
            LocalCloudOptions.defaults()
                .withAgentCommand(List.of("sh", "-c", "echo at $GCE_METADATA_HOST; exec cat")));
    wire = new Wire(cloud);
    wire.done(
        wire.insert(
            "us-central1-a",
            "vm",
            """
            "metadata":{"items":[{"key":"podium-fleet","value":"demo"},
                                 {"key":"enable-guest-attributes","value":"TRUE"}]},
            "serviceAccounts":[{"email":"default",
                                "scopes":["https://www.googleapis.com/auth/pubsub"]}],
            """));
    Pattern address = Pattern.compile("at (127\\.0\\.0\\.1:[0-9]+)");
    await().until(() -> address.matcher(serial()).find());
    Matcher found = address.matcher(serial());
    assertThat(found.find()).isTrue();
    host = found.group(1);
  }

  private static String serial() {
    return wire.get(VM + "/serialPort").body().path("contents").asText();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  private static HttpResponse<String> send(String method, String path, String body) {
    return Wire.text(
        HttpRequest.newBuilder(URI.create("http://" + host + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Metadata-Flavor", "Google")
            .build());
  }

  private static HttpResponse<String> get(String below) {
    return send("GET", "/computeMetadata/v1/" + below, "");
  }

  @Test
  void a_machine_learns_who_it_is() {
    assertThat(get("instance/name").body()).isEqualTo("vm");
    assertThat(get("instance/zone").body()).matches("projects/[0-9]+/zones/us-central1-a");
    assertThat(get("instance/id").body()).isEqualTo(wire.get(VM).body().path("id").asText());
    assertThat(get("instance/attributes/podium-fleet").body()).isEqualTo("demo");
    assertThat(get("instance/network-interfaces/0/access-configs/0/external-ip").statusCode())
        .isEqualTo(200);
    assertThat(get("project/project-id").body()).isEqualTo(cloud.project());
    assertThat(get("instance/service-accounts/").body()).contains("default/\n");
    assertThat(get("instance/attributes/nothing").statusCode()).isEqualTo(404);
    assertThat(get("instance/attributes").statusCode()).isEqualTo(301);
  }

  @Test
  void a_request_without_the_flavor_is_refused_and_every_answer_carries_it() {
    URI name = URI.create("http://" + host + "/computeMetadata/v1/instance/name");
    HttpResponse<String> plain = Wire.text(HttpRequest.newBuilder(name).build());

    assertThat(plain.statusCode()).isEqualTo(403);
    assertThat(plain.headers().firstValue("Metadata-Flavor")).contains("Google");
    assertThat(get("instance/name").headers().firstValue("Metadata-Flavor")).contains("Google");
    assertThat(get("instance/name").headers().firstValue("ETag")).isPresent();
  }

  @Test
  void a_directory_is_given_whole_as_json() throws IOException {
    JsonNode tree = Wire.JSON.readTree(get("?recursive=true").body());

    assertThat(tree.at("/instance/attributes/podium-fleet").asText()).isEqualTo("demo");
    assertThat(tree.at("/instance/networkInterfaces/0/ip").asText()).isEqualTo("127.0.0.1");
    assertThat(tree.at("/instance/machineType").asText()).endsWith("/machineTypes/e2-micro");
    assertThat(tree.at("/instance/serviceAccounts/default/scopes/0").asText()).endsWith("pubsub");
    assertThat(tree.at("/project/numericProjectId").isNumber()).isTrue();
  }

  @Test
  void who_waits_for_a_change_is_told_when_it_comes() throws Exception {
    String path = "instance/attributes/?recursive=true";
    String etag = get(path).headers().firstValue("ETag").orElseThrow();
    CompletableFuture<HttpResponse<String>> waiting =
        CompletableFuture.supplyAsync(
            () -> get(path + "&wait_for_change=true&timeout_sec=30&last_etag=" + etag));
    assertThat(get(path + "&wait_for_change=true&timeout_sec=0&last_etag=" + etag).statusCode())
        .isEqualTo(200);
    assertThat(waiting).isNotDone();

    JsonNode metadata = wire.get(VM).body().path("metadata");
    String items = metadata.path("items").toString();
    wire.done(
        wire.post(
            VM + "/setMetadata",
            "{\"fingerprint\":%s,\"items\":%s}"
                .formatted(
                    metadata.path("fingerprint"),
                    items.substring(0, items.length() - 1)
                        + ",{\"key\":\"podium-drain\",\"value\":\"now\"}]")));

    HttpResponse<String> told = waiting.get(10, TimeUnit.SECONDS);
    assertThat(told.body()).contains("podium-drain");
    assertThat(told.headers().firstValue("ETag")).isPresent().get().isNotEqualTo(etag);
  }

  @Test
  void a_machine_gets_tokens_of_its_account_and_no_wider_ones() throws IOException {
    String token = "instance/service-accounts/default/token";
    JsonNode first = Wire.JSON.readTree(get(token).body());
    JsonNode again = Wire.JSON.readTree(get(token).body());

    assertThat(first.path("token_type").asText()).isEqualTo("Bearer");
    assertThat(first.path("expires_in").asInt()).isBetween(3000, 3600);
    assertThat(again.path("access_token")).isEqualTo(first.path("access_token"));
    JsonNode info =
        Wire.send(
                "GET",
                cloud
                    .identity()
                    .resolve("tokeninfo?access_token=" + first.path("access_token").asText()),
                "")
            .body();
    assertThat(info.path("scope").asText()).isEqualTo("https://www.googleapis.com/auth/pubsub");
    String email = get("instance/service-accounts/default/email").body();
    assertThat(get("instance/service-accounts/" + email + "/token").statusCode()).isEqualTo(200);
  }

  @Test
  void a_machine_proves_who_it_is_to_a_reader_it_names() {
    String identity = "instance/service-accounts/default/identity";
    String token = get(identity + "?audience=https://chat.example&format=full").body();

    String claims =
        new String(
            Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    assertThat(claims).contains("https://chat.example").contains("\"instance_name\":\"vm\"");
    assertThat(get(identity).statusCode()).isEqualTo(400);
  }

  @Test
  void what_a_machine_tells_of_itself_is_read_through_compute() {
    String path = "/computeMetadata/v1/instance/guest-attributes/podium/ready";
    assertThat(send("PUT", path, "yes").statusCode()).isEqualTo(200);
    assertThat(send("GET", path, "").body()).isEqualTo("yes");

    JsonNode read = wire.get(VM + "/getGuestAttributes?queryPath=podium/").body();
    assertThat(read.at("/queryValue/items/0/namespace").asText()).isEqualTo("podium");
    assertThat(read.at("/queryValue/items/0/value").asText()).isEqualTo("yes");
    assertThat(send("DELETE", path, "").statusCode()).isEqualTo(200);
    assertThat(send("GET", path, "").statusCode()).isEqualTo(404);
  }
}
