package dev.podium.agent.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.podium.agent.chat.FrameTarget;
import dev.podium.wire.chat.ChatEvent;
import dev.podium.wire.chat.Pulse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A few inputs for each target with every build.
class FuzzTest {
  private static final int INPUTS = 50_000;

  static List<Target> targets() {
    return Target.all();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void no_input_breaks_a_promise(Target target) {
    long seed = Long.getLong("podium.seed", System.nanoTime());
    for (String text : target.seeds()) {
      hold(target, text.getBytes(StandardCharsets.UTF_8), 0);
    }
    Mutation mutation = new Mutation(seed, target.seeds());
    for (int i = 0; i < INPUTS * target.share(); i++) {
      hold(target, mutation.next(), seed);
    }
  }

  private static void hold(Target target, byte[] input, long seed) {
    assertThatCode(() -> target.run().on(input))
        .as("seed %d: %s", seed, new String(input, StandardCharsets.UTF_8))
        .doesNotThrowAnyException();
  }

  @Test
  void an_invite_as_consoles_sign_them_opens_so_the_target_is_not_blind() {
    String claims = Target.all().get(1).seeds().get(2).substring(1);
    assertThat(InviteTarget.admits(claims)).isTrue();
    assertThat(InviteTarget.admits(claims.replace("class-a", "class-b"))).isFalse();
  }

  @Test
  void every_kind_of_message_on_the_topics_is_a_seed_and_is_read_so_the_target_is_not_blind() {
    List<Class<?>> kinds =
        Stream.of(ChatEvent.class, Pulse.class)
            .<Class<?>>flatMap(kind -> Arrays.stream(kind.getPermittedSubclasses()))
            .toList();
    assertThat(seeds(BusTarget.class).flatMap(BusTarget::read).<Class<?>>map(Object::getClass))
        .as("one for each seed")
        .hasSameSizeAs(seeds(BusTarget.class).toList())
        .containsAll(kinds);
  }

  @Test
  void the_frames_that_pages_send_and_the_metadata_of_vms_are_read_so_no_target_is_blind() {
    assertThat(seeds(FrameTarget.class).filter(FrameTarget::means)).hasSize(8);
    assertThat(seeds(MetadataTarget.class).filter(MetadataTarget::means)).hasSize(2);
  }

  private static Stream<String> seeds(Class<?> of) {
    return Target.all().stream()
        .filter(target -> target.main().equals(of))
        .flatMap(target -> target.seeds().stream());
  }
}
