package dev.podium.wire.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.wire.google.CloudFeature.Place;
import dev.podium.wire.google.CloudFeature.Whose;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The table of what needs what holds together.
class CloudFeatureTest {
  @ParameterizedTest
  @EnumSource
  void each_row_is_in_googles_form(CloudFeature feature) {
    assertThat(feature.permissions())
        .isNotEmpty()
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(permission -> permission.matches("[a-z]+\\.[a-zA-Z]+\\.[a-zA-Z]+"));
    assertThat(feature.scope()).startsWith("https://www.googleapis.com/auth/");
    assertThat(feature.role()).matches("roles/[a-zA-Z.0-9]+|projects/P/roles/podiumVm");
  }

  @Test
  void sign_in_asks_for_no_more_than_compute_engine_and_pubsub() {
    assertThat(CloudFeature.scopes(CloudFeature.of(Whose.OPERATOR)))
        .containsExactly(
            "https://www.googleapis.com/auth/compute", "https://www.googleapis.com/auth/pubsub");
    assertThat(CloudFeature.scopes(CloudFeature.of(Whose.PREFLIGHT)))
        .contains("https://www.googleapis.com/auth/cloud-platform");
  }

  @Test
  void a_vm_holds_no_right_that_its_operator_lacks() {
    Collection<String> operator =
        CloudFeature.permissions(CloudFeature.of(Whose.OPERATOR), Place.PROJECT);
    assertThat(operator)
        .containsAll(CloudFeature.permissions(CloudFeature.of(Whose.VM), Place.PROJECT));
  }

  @Test
  void every_api_is_needed_by_a_feature_and_every_permission_has_a_role() {
    assertThat(Arrays.stream(CloudFeature.values()).map(CloudFeature::api))
        .containsAll(EnumSet.allOf(CloudApi.class));
    assertThat(CloudFeature.roleWith("compute.firewalls.create"))
        .contains("roles/compute.securityAdmin");
    assertThat(CloudFeature.roleWith("storage.objects.get")).isEmpty();
  }
}
