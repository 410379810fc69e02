package dev.podium.wire.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "90 s,PT90S,90 s",
    "2.5s,PT2.5S,2.5 s",
    "120 s,PT2M,2 min",
    "8h,PT8H,8 h",
    "36 h,PT36H,36 h",
    "1500 ms,PT1.5S,1.5 s",
    "2 D,PT48H,2 d",
    "30 m,PT30M,30 min"
  })
  void a_span_is_read_and_said_in_the_largest_unit_that_is_exact(
      String text, Duration length, String said) {
    assertThat(DurationText.parse(text)).contains(length);
    assertThat(DurationText.exact(length)).isEqualTo(said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "90", "s", "-1 s", "1 week", "1.2345 s", "1 h 5 min", "1e3 s"})
  void what_is_no_length_is_not_read(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S,0 s",
    "PT0.85S,850 ms",
    "PT1M59.9S,119 s",
    "PT2M,2 min",
    "PT1H59M,119 min",
    "PT2H,2 h",
    "PT47H59M,47 h",
    "PT48H,2 days"
  })
  void a_sentence_rounds_to_one_unit(Duration length, String said) {
    assertThat(DurationText.rounded(length)).isEqualTo(said);
    assertThat(DurationText.roundedNanos(length.toNanos())).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({"9,9 s", "10,10 s", "19,10 s", "119,110 s", "120,2 min", "179,2 min"})
  void a_length_that_grows_changes_its_text_seldom(long seconds, String said) {
    assertThat(DurationText.coarse(seconds)).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    "PT-5S,0 s",
    "PT0S,0 s",
    "PT59.9S,59 s",
    "PT60S,1 min",
    "PT59M59S,59 min",
    "PT1H,1 h",
    "PT3H5M,3 h 5 min",
    "PT52H30M,2 d 4 h",
  })
  void a_length_is_said_in_its_two_largest_units(Duration length, String words) {
    assertThat(DurationText.twoUnits(length)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"PT48S,48s", "PT12M59S,12m", "PT3H7M,3h07m", "PT100H,100h00m"})
  void a_column_gets_it_without_blanks(Duration length, String said) {
    assertThat(DurationText.compact(length)).isEqualTo(said);
  }

  @Test
  void a_sentence_may_ask_for_one_unit() {
    assertThat(DurationText.inSeconds(Duration.ofHours(2))).isEqualTo("7200 s");
    assertThat(DurationText.inSecondsOrMillis(Duration.ofSeconds(5))).isEqualTo("5 s");
    assertThat(DurationText.inSecondsOrMillis(Duration.ofMillis(2_500))).isEqualTo("2500 ms");
    assertThat(DurationText.inMinutes(Duration.ofMinutes(5))).isEqualTo("5 minutes");
    assertThat(DurationText.inHours(Duration.ofHours(1))).isEqualTo("1 hour");
    assertThat(DurationText.decimalSeconds(Duration.ofMillis(2_500))).isEqualTo("2.5");
  }
}
