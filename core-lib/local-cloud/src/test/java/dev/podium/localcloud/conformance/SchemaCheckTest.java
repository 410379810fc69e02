package dev.podium.localcloud.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The judge is judged first: a check that finds nothing wrong with anything proves nothing.
class SchemaCheckTest {

  private static final Discovery COMPUTE = Discovery.compute();
  private final SchemaCheck check = new SchemaCheck(COMPUTE);

  @Test
  void an_operation_as_google_writes_it_conforms() {
    assertThat(
            faults(
                "Operation",
                """
                {"kind":"compute#operation","id":"18446744073709551615","name":"operation-1",
                 "status":"RUNNING","progress":0,"insertTime":"2026-11-22T03:17:09.731-07:00",
                 "error":{"errors":[{"code":"QUOTA_EXCEEDED","message":"no","errorDetails":[
                   {"quotaInfo":{"limit":8.0,"dimensions":{"region":"us-central1"}}}]}]}}
                """))
        .isEmpty();
  }

  @Test
  void a_bare_64_bit_number_is_reported() {
    assertThat(faults("Operation", "{\"id\":4906310155190631064}"))
        .containsExactly("Operation.id: expected a string, got 4906310155190631064");
  }

  @Test
  void a_number_beyond_its_format_is_reported() {
    assertThat(faults("Operation", "{\"id\":\"18446744073709551616\"}")).hasSize(1);
    assertThat(faults("Operation", "{\"progress\":2147483648}")).hasSize(1);
  }

  @Test
  void a_status_outside_the_enum_is_reported() {
    assertThat(faults("Operation", "{\"status\":\"FINISHED\"}"))
        .singleElement()
        .asString()
        .startsWith("Operation.status: expected one of");
  }

  @Test
  void an_unknown_member_is_reported_wherever_it_hides() {
    assertThat(
            faults(
                "InstanceList", "{\"items\":[{\"disks\":[{\"diskSizeGb\":\"10\",\"size\":10}]}]}"))
        .containsExactly("InstanceList.items[0].disks[0].size: the schema knows no such member");
  }

  @Test
  void a_fingerprint_that_would_not_survive_gcloud_is_reported() {
    assertThat(faults("Instance", "{\"labelFingerprint\":\"vyGp6PvFo4Q=\"}")).isEmpty();
    assertThat(faults("Instance", "{\"labelFingerprint\":\"xxx\"}")).hasSize(1);
  }

  @Test
  void a_path_means_the_method_with_the_fewest_places() {
    assertThat(COMPUTE.methods()).hasSize(1019);
    assertThat(COMPUTE.match("GET", "projects/p/global/images/family/debian-12").map(ApiMethod::id))
        .contains("compute.images.getFromFamily");
    assertThat(COMPUTE.match("POST", "projects/p/zones/z/instances/bulkInsert").map(ApiMethod::id))
        .contains("compute.instances.bulkInsert");
    assertThat(
            Discovery.pubsub().match("POST", "v1/projects/p/topics/t:publish").map(ApiMethod::id))
        .contains("pubsub.projects.topics.publish");
  }

  private List<String> faults(String schema, String json) {
    try {
      JsonNode value = Discovery.JSON.readTree(json);
      return check.faults(schema, value);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
