package dev.podium.wire.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a name keeps of what was typed.
class PersonNamesTest {
  private static String tidy(String wanted) {
    return PersonNames.tidy(wanted, 40);
  }

  /// A family, a judge with a skin tone, a rainbow flag; Persian, Sinhala, Malayalam, Marathi,
  /// Khmer.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66",
        "\uD83D\uDC69\uD83C\uDFFD\u200D\u2696\uFE0F",
        "\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08 Ann",
        "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
        "\u0DC1\u0DCA\u200D\u0DBB\u0DD3 \u0DBD\u0D82\u0D9A\u0DCF",
        "\u0D05\u0D35\u0D28\u0D4D\u200D",
        "\u0930\u0941\u092A\u092F\u094D\u200D\u092F\u093E",
        "Zo\u00EB \uD83C\uDF88"
      })
  void joiners_stay_where_they_spell_something(String name) {
    assertThat(tidy(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A\u200Dnn",
        "\u200DAnn",
        "Ann\u200C",
        "A\u200C\u200Dnn",
        "Ann\u200D\u202E",
        "An\u200D n",
        "\uD83D\uDC68\u200D",
        "\u0645\u200C",
        "\u0645\u200C\u200C\u062E",
        "\u200C\u0645\u200Cn"
      })
  void joiners_go_where_they_join_nothing(String name) {
    String tidy = tidy(name);
    assertThat(PersonNames.withoutJoiners(tidy)).isEqualTo(tidy(PersonNames.withoutJoiners(name)));
    assertThat(tidy.codePoints().filter(PersonNames::isJoiner).count())
        .isEqualTo(name.startsWith("\u0645\u200C\u200C") ? 1 : 0);
  }

  @Test
  void a_family_that_is_cut_is_not_left_holding_a_joiner() {
    String families = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67".repeat(20);
    String name = PersonNames.tidy(families, 7);
    assertThat(name.codePointCount(0, name.length())).isLessThanOrEqualTo(7);
    assertThat(name).isEqualTo(families.substring(0, name.length()));
    assertThat(PersonNames.isJoiner(name.codePointBefore(name.length()))).isFalse();
  }

  @Test
  void more_marks_than_any_script_has_are_clipped() {
    assertThat(tidy("Z" + "\u0338\u0322\u0331\u035A\u0347\u0317".repeat(5) + "algo"))
        .matches("\u1E94\\p{M}{4}algo");
    assertThat(tidy("Ann\u0332\u0332\u0332")).isEqualTo("Ann\u0332");
    String spelled = "\u05E9\u05C1\u05B8\u05DC\u05D5\u05B9\u05DD Vi\u1EC7t";
    assertThat(tidy(spelled)).hasSameSizeAs(spelled);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u3164",
        "\u2800\u2800",
        "\u200D",
        "\uFE0F",
        "\u115F\u1160",
        "\u00AD",
        " \u2003 "
      })
  void a_name_of_which_nothing_is_seen_is_none(String name) {
    assertThat(tidy(name)).isEmpty();
  }

  /// Two VMs, or a VM and the console, must not disagree: what is tidy stays as it is.
  @Test
  void what_is_tidy_stays_as_it_is() {
    Random random = new Random(26);
    int[] odd = {
      'a', ' ', 0x301, 0x200C, 0x200D, 0x1F468, 0x1F469, 0xFE0F, 0x1F3FD, 0x645, 0x62E, 0x94D,
      0x915, 0xDCA, 0xDBB, 0x202E, 0x3164, 0xAC00, 0x1100, 0x1161, 0xFDFA, 0x130
    };
    for (int n = 0; n < 10_000; n++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(60); length >= 0; length--) {
        text.appendCodePoint(odd[random.nextInt(odd.length)]);
      }
      String name = tidy(text.toString());
      assertThat(tidy(name)).as("%s", text).isEqualTo(name);
      assertThat(name.codePointCount(0, name.length())).isLessThanOrEqualTo(40);
    }
  }
}
