package dev.podium.localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class SharedPortTest {
  @Test
  void sign_in_and_compute_engine_are_served_on_one_port() throws Exception {
    try (LocalCloud cloud = LocalCloud.start(LocalCloudOptions.defaults());
        HttpClient http = HttpClient.newHttpClient()) {
      assertThat(get(http, cloud.identity().resolve(".well-known/openid-configuration")))
          .contains(cloud.identity().resolve("token").toString());
      assertThat(get(http, cloud.identity().resolve("oauth2/v3/certs"))).contains("RS256");
      assertThat(get(http, cloud.compute().resolve("projects/" + cloud.project() + "/zones")))
          .contains("compute#zoneList");
    }
  }

  private static String get(HttpClient http, URI uri) throws Exception {
    return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }
}
