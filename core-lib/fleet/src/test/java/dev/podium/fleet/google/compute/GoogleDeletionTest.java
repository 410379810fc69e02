package dev.podium.fleet.google.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podium.fleet.cloud.ComputeCloud;
import dev.podium.fleet.cloud.ComputeCloud.PastDeletion;
import dev.podium.fleet.model.VmName;
import dev.podium.wire.model.PodiumException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GoogleDeletionTest {
  private static final String ZONE = "us-central1-a";
  private static final String DELETE =
      "DELETE /compute/v1/projects/podium-test/zones/" + ZONE + "/instances/a-1";
  private static final String HISTORY =
      "GET /compute/v1/projects/podium-test/aggregated/operations";
  private static final String BUSY = "{'error':{'code':503,'errors':[{'reason':'backendError'}]}}";
  private static final String DONE = "{'name':'op-1','status':'DONE','progress':100}";
  private static final VmName NAME = new VmName("a-1");

  private ScriptedServer server;
  private ComputeCloud cloud;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer();
    cloud = GoogleComputeCloudTest.cloudAt(server.base());
  }

  @AfterEach
  void stop() {
    cloud.close();
    server.close();
  }

  @Test
  void deleting_a_vm_that_is_no_more_is_success() {
    server.answers(DELETE, 404, "{'error':{'code':404,'errors':[{'reason':'notFound'}]}}");

    assertThat(cloud.delete(ZONE, NAME, UUID.randomUUID()).done()).isCompleted();
  }

  @Test
  void a_deletion_that_a_person_asked_for_is_asked_for_again_under_the_same_id() throws Exception {
    server.drops(DELETE).answers(DELETE, 503, BUSY).answers(DELETE, 200, DONE);
    UUID requestId = UUID.randomUUID();

    cloud.delete(ZONE, NAME, requestId).done().get(10, TimeUnit.SECONDS);

    assertThat(server.asked(DELETE))
        .hasSize(3)
        .allSatisfy(request -> assertThat(request.query()).contains("requestId=" + requestId));
  }

  @Test
  void a_deletion_after_a_last_look_is_asked_for_once_since_the_look_grows_old() {
    server.answers(DELETE, 503, BUSY).answers(DELETE, 200, DONE);

    assertThatThrownBy(() -> cloud.deleteOnce(ZONE, NAME, UUID.randomUUID()))
        .isInstanceOf(PodiumException.Unavailable.class);
    assertThat(server.asked(DELETE)).hasSize(1);
  }

  private static String operation(String id, String target, String time) {
    return "{'name':'op','operationType':'delete','targetId':'18446744073709551615','status':'DONE',"
        + "'clientOperationId':'"
        + id
        + "','targetLink':'https://g/projects/p/zones/z/"
        + target
        + "','insertTime':'"
        + time
        + "'}";
  }

  private static String page(String zone, String operations, String more) {
    return "{'items':{'global':{'warning':{'code':'NO_RESULTS_ON_PAGE'}},'zones/"
        + zone
        + "':{'operations':["
        + operations
        + "]}}"
        + more
        + "}";
  }

  @Test
  void what_was_deleted_is_read_page_by_page_over_all_zones_in_no_order() {
    UUID requestId = UUID.randomUUID();
    server
        .answers(
            HISTORY,
            200,
            page(
                "a",
                operation("by-hand", "instances/old", "2026-11-22T02:47:09.730-07:00")
                    + ","
                    + operation("by-hand", "disks/d-1", "2026-11-22T03:17:08.731-07:00"),
                ",'nextPageToken':'p2'"))
        .answers(HISTORY, 200, page("b", "", ",'nextPageToken':'p3'"))
        .answers(
            HISTORY,
            200,
            page(
                "c",
                operation(requestId.toString(), "instances/a-1", "2026-11-22T03:17:09.731-07:00")
                    + ","
                    + operation("by-hand", "instances/a-2", "2026-11-22T02:47:09.731-07:00"),
                ""));

    assertThat(cloud.deletions(Instant.parse("2026-11-22T09:47:09.731Z")))
        .containsExactly(
            new PastDeletion(
                "18446744073709551615",
                Optional.of(requestId),
                Instant.parse("2026-11-22T10:17:09.731Z")),
            new PastDeletion(
                "18446744073709551615",
                Optional.empty(),
                Instant.parse("2026-11-22T09:47:09.731Z")));
    assertThat(server.asked(HISTORY)).hasSize(3);
    assertThat(server.asked(HISTORY).getLast().query())
        .contains("filter=(operationType = delete) (insertTime > \"2026-11-21T09:47:09Z\")")
        .contains("pageToken=p3")
        .as("Compute Engine refuses both together")
        .doesNotContain("orderBy");
  }

  @Test
  void in_a_project_where_very_much_is_deleted_the_reading_has_an_end_and_says_so() {
    server.answers(HISTORY, 200, page("a", "", ",'nextPageToken':'more'"));

    assertThatThrownBy(() -> cloud.deletions(Instant.parse("2026-11-22T09:47:09.731Z")))
        .isInstanceOf(PodiumException.Unavailable.class)
        .hasMessageContaining(
            "more than 20000 things were deleted in this project since yesterday");
    assertThat(server.asked(HISTORY)).hasSize(40);
  }

  @Test
  void a_deletion_of_which_the_cloud_does_not_say_when_it_was_is_no_guess() {
    server.answers(HISTORY, 200, page("a", operation("by-hand", "instances/a-1", ""), ""));

    assertThatThrownBy(() -> cloud.deletions(Instant.EPOCH))
        .isInstanceOf(PodiumException.CloudFailed.class)
        .hasMessageContaining("did not say when");
  }

  @Test
  void of_two_deletions_the_one_that_finds_nothing_any_more_is_success() throws Exception {
    server.answers(
        DELETE,
        200,
        "{'name':'op-2','status':'DONE','progress':100,'httpErrorStatusCode':404,"
            + "'httpErrorMessage':'NOT FOUND','error':{'errors':[{'code':'RESOURCE_NOT_FOUND',"
            + "'message':'The resource a-1 was not found'}]}}");

    cloud.delete(ZONE, NAME, UUID.randomUUID()).done().get(10, TimeUnit.SECONDS);
  }

  @Test
  void a_record_in_which_a_zone_is_missing_is_refused() {
    server.answers(HISTORY, 200, "{'items':{'zones/z':{'warning':{'code':'UNREACHABLE'}}}}");

    assertThatThrownBy(() -> cloud.deletions(Instant.EPOCH))
        .isInstanceOf(PodiumException.Unavailable.class)
        .hasMessageContaining("zones/z");
  }

  @Test
  void a_record_need_not_know_of_a_zone_that_the_list_lacks_as_well() {
    server.answers(HISTORY, 200, "{'items':{'zones/z':{'warning':{'code':'UNREACHABLE'}}}}");

    assertThat(cloud.deletions(Instant.EPOCH, Set.of("z"))).isEmpty();
  }
}
