package dev.podium.localcloud.compute.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.podium.localcloud.state.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {
  private static final String VM =
      """
      {"name":"web-1","status":"RUNNING","id":"42","creationTimestamp":"2026-11-22T03:00:00.000-07:00",
       "labels":{"team":"red","tier.one":"x"},"scheduling":{"automaticRestart":false},
       "tags":{"items":["http","ssh"]},"disks":[{"diskSizeGb":"10"},{"diskSizeGb":"20"}]}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "status = RUNNING | true",
        "status=STOPPED | false",
        "status != STOPPED | true",
        "name:web | true",
        "labels.team = red | true",
        "labels.team:* | true",
        "labels.owner:* | false",
        "labels.owner != me | true",
        "labels.tier.one = x | true",
        "scheduling.automaticRestart = false | true",
        "id > 5 | true",
        "id < 5 | false",
        "disks.diskSizeGb >= 20 | true",
        "tags.items = ssh | true",
        "creationTimestamp > \"2026-11-22T09:00:00Z\" | true",
        "creationTimestamp < 2026-11-22T09:00:00Z | false",
        "(status = RUNNING) (labels.team = blue) | false",
        "status = RUNNING labels.team = red | true",
        "status = STOPPED OR labels.team = red | true",
        "NOT status = RUNNING | false",
        "-labels.team = blue | true",
        "(labels.team = blue OR name = web-1) AND status = RUNNING | true",
        "name = \"web-1\" | true",
        "status eq RUNNING | true",
        "status ne RUNNING | false",
        "name eq web | false",
        "name eq web.* | true",
        "name eq '.*-[0-9]' | true",
        "(status eq RUNNING)(name eq \".*\\bweb.*\") | true",
        "(status eq RUNNING) (name ne web-1) | false",
        "labels.team eq red | true",
      })
  void a_filter_shows_what_it_should(String filter, boolean shown) throws Exception {
    JsonNode vm = new ObjectMapper().readTree(VM);
    assertThat(Filters.parse(filter).matches(vm)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "status",
        "status =",
        "= x",
        "name = \"open",
        "a = b )",
        "name eq (",
        "(name eq a",
        "(name eq a) or b",
        "name eq \"[\"",
        "((((((((((((((((((((((((((((((((((((((((((((((((((((a=b",
      })
  void a_malformed_filter_is_refused(String filter) {
    assertThatThrownBy(() -> Filters.parse(filter))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
  }
}
