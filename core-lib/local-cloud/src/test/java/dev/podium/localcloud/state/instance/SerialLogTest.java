package dev.podium.localcloud.state.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SerialLogTest {
  private static final int MEGABYTE = 1 << 20;

  private final SerialLog log = new SerialLog();

  private void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    log.write(bytes, bytes.length);
  }

  @Test
  void a_reader_carries_on_where_it_stopped() {
    write("first\n");
    SerialLog.Stretch first = log.read(0);
    write("second\n");

    assertThat(first.contents()).isEqualTo("first\n");
    assertThat(log.read(first.next()).contents()).isEqualTo("second\n");
    assertThat(log.read(-7).contents()).isEqualTo("second\n");
    assertThat(log.read(1_000).contents()).isEmpty();
  }

  @Test
  void the_last_megabyte_is_kept_and_the_start_tells_what_is_gone() {
    for (int i = 0; i < 3 * MEGABYTE / 10; i++) {
      write("123456789\n");
    }
    SerialLog.Stretch all = log.read(0);

    assertThat(all.contents()).hasSize(MEGABYTE).endsWith("123456789\n");
    assertThat(all.next() - all.start()).isEqualTo(MEGABYTE);
    assertThat(all.start()).isPositive();
  }

  @Test
  void one_write_larger_than_the_log_leaves_its_end() {
    write("x".repeat(2 * MEGABYTE) + "end");
    assertThat(log.read(0).contents()).hasSize(MEGABYTE).endsWith("xend");
  }
}
