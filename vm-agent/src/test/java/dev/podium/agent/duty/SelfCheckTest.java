package dev.podium.agent.duty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.wire.cloud.Ticker;
import dev.podium.wire.model.AccessProblem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelfCheckTest {
  private static final Optional<String> SILENT = Optional.of("its own page does not answer");

  private final SelfCheck check =
      new SelfCheck(Ticker.system(), Runnable::run, Duration.ofSeconds(5));

  @Test
  void a_vm_whose_own_page_has_not_answered_does_not_say_that_it_is_ready() {
    check.caughtUp();
    assertThat(check.get().ready()).isFalse();
    check.pageAsked(SILENT);
    assertThat(check.get().ready()).isFalse();
    assertThat(check.get().failing()).containsKey("page");
    check.pageAsked(Optional.empty());
    assertThat(check.get().well()).isTrue();
  }

  @Test
  void a_vm_whose_own_page_falls_silent_is_not_ready_any_more() {
    check.caughtUp();
    check.pageAsked(Optional.empty());
    check.pageAsked(SILENT);
    assertThat(check.get().well()).as("one that was lost").isTrue();
    check.pageAsked(SILENT);
    assertThat(check.get().ready()).isFalse();
    assertThat(check.get().failing()).containsEntry("page", "its own page does not answer");
  }

  @Test
  void the_chats_trouble_ends_when_what_is_said_comes_back() {
    check.caughtUp();
    check.pageAsked(Optional.empty());
    check.busFailed(SelfCheck.CHAT, "it does not come back");
    check.busHeard();
    assertThat(check.get().failing()).as("heartbeats take another way").containsKey("bus");
    check.chatHeard();
    assertThat(check.get().well()).isTrue();
  }

  @Test
  void why_a_topic_does_not_let_it_in_is_said_until_that_topic_works() {
    check.caughtUp();
    check.pageAsked(Optional.empty());
    check.busFailed(SelfCheck.PULSE, "it was refused", Optional.of(AccessProblem.ROLE_MISSING));
    assertThat(check.get().access()).contains(AccessProblem.ROLE_MISSING);
    check.busHeard();
    assertThat(check.get().access()).isEmpty();
    assertThat(check.get().well()).isTrue();
  }

  @Test
  void a_port_that_takes_connections_and_says_nothing_is_no_page() throws IOException {
    try (ServerSocket silent = listening()) {
      assertThat(ask(silent.getLocalPort())).isPresent();
    }
  }

  @Test
  void a_closed_port_and_another_protocol_are_no_page_either() throws Exception {
    ServerSocket listening = listening();
    Thread answering = Thread.ofVirtual().start(() -> answer(listening, "SSH-2.0-OpenSSH_9.6\r\n"));
    assertThat(ask(listening.getLocalPort())).isPresent();
    answering.join();
    listening.close();
    assertThat(ask(listening.getLocalPort())).isPresent();
  }

  @Test
  void any_answer_in_http_is_a_page() throws Exception {
    try (ServerSocket listening = listening()) {
      Thread answering =
          Thread.ofVirtual()
              .start(() -> answer(listening, "HTTP/1.1 503 Service Unavailable\r\n\r\n"));
      assertThat(ask(listening.getLocalPort())).isEmpty();
      answering.join();
    }
  }

  private static Optional<String> ask(int port) {
    return new OwnPage(port, Duration.ofMillis(300)).ask();
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  private static void answer(ServerSocket listening, String words) {
    try (Socket one = listening.accept()) {
      assertThat(one.getInputStream().readNBytes(3))
          .isEqualTo("GET".getBytes(StandardCharsets.US_ASCII));
      one.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException gone) {
      throw new AssertionError(gone);
    }
  }
}
