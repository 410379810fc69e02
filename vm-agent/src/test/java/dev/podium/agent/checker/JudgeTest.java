package dev.podium.agent.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The judge can say no.
class JudgeTest {
  private static final int[] NONE = {};

  private static Verdict judge(int said, int[] acknowledged, View... views) {
    return Judge.judge(RoomHistory.of(said, acknowledged, views)).verdict();
  }

  private static int[] all(int count) {
    return IntStream.range(0, count).toArray();
  }

  @Test
  void the_same_messages_in_one_order_at_every_reader_are_good() {
    Verdict verdict = judge(4, all(4), View.of(2, 0, 1, 3), View.of(2, 0, 1, 3));
    assertThat(verdict.good()).isTrue();
    assertThat(verdict.acknowledged()).isEqualTo(4);
  }

  @Test
  void an_acknowledged_message_that_nobody_was_shown_is_lost() {
    assertThat(judge(3, all(3), View.of(0, 2)).lost()).isEqualTo(1);
  }

  @Test
  void a_message_without_an_acknowledgement_may_be_shown_to_nobody() {
    assertThat(judge(3, new int[] {0, 2}, View.of(0, 2), View.of(0, 2)).good()).isTrue();
  }

  @Test
  void a_message_without_an_acknowledgement_must_be_shown_to_all_or_none() {
    Verdict verdict = judge(3, new int[] {0, 2}, View.of(0, 1, 2), View.of(0, 2));
    assertThat(verdict.unannouncedGaps()).isEqualTo(1);
    assertThat(verdict.lost()).isZero();
  }

  @Test
  void a_hole_at_one_reader_is_a_gap_and_what_was_in_it_is_lost() {
    Verdict verdict = judge(5, all(5), View.of(0, 1, 2, 3, 4), View.of(0, 3, 4));
    assertThat(verdict.unannouncedGaps()).isEqualTo(1);
    assertThat(verdict.lost()).isEqualTo(2);
  }

  @Test
  void a_hole_at_the_end_is_one_too() {
    Verdict verdict = judge(3, all(3), View.of(0, 1, 2), View.of(0));
    assertThat(verdict.unannouncedGaps()).isEqualTo(1);
    assertThat(verdict.lost()).isEqualTo(2);
  }

  @Test
  void a_hole_at_the_start_is_one_for_who_was_there() {
    assertThat(judge(3, all(3), View.of(0, 1, 2), View.of(2)).lost()).isEqualTo(2);
    assertThat(judge(3, all(3), View.of(0, 1, 2), View.late(2)).good()).isTrue();
    assertThat(judge(3, all(3), View.of(0, 1, 2), View.late(1)).lost()).isEqualTo(1);
  }

  @Test
  void an_announced_gap_excuses_what_is_in_it_and_nothing_else() {
    View whole = View.of(0, 1, 2, 3, 4, 5);
    Verdict honest = judge(6, all(6), whole, View.of(0, View.GAP, 3, 4, 5));
    assertThat(honest.good()).isTrue();
    assertThat(honest.announcedGaps()).isEqualTo(1);
    Verdict elsewhere = judge(6, all(6), whole, View.of(0, View.GAP, 3, 5));
    assertThat(elsewhere.lost()).isEqualTo(1);
    assertThat(elsewhere.unannouncedGaps()).isEqualTo(1);
  }

  @Test
  void a_message_shown_twice_is_duplicated() {
    Verdict verdict = judge(3, all(3), View.of(0, 1, 1, 2, 0));
    assertThat(verdict.duplicated()).isEqualTo(2);
    assertThat(verdict.lost()).isZero();
  }

  @Test
  void readers_who_disagree_on_the_order_are_found() {
    assertThat(judge(4, all(4), View.of(0, 1, 2, 3), View.of(0, 2, 1, 3)).reordered()).isEqualTo(1);
  }

  @Test
  void an_order_that_only_three_readers_together_contradict_is_found() {
    Verdict verdict =
        judge(3, NONE, View.of(0, View.GAP, 1), View.of(1, View.GAP, 2), View.of(2, View.GAP, 0));
    assertThat(verdict.reordered()).isEqualTo(1);
  }

  @Test
  void one_contradiction_is_not_taken_for_losses_after_it() {
    Verdict verdict =
        judge(
            9,
            all(9),
            View.of(8, 7, 6, 5, 4, 3, 2, 1, 0),
            View.of(8, 7, 6, 5, 4, 3, 2, 1, 0),
            View.of(8, 6, 5, 7, 4, 3, 2, 1, 0));
    assertThat(verdict.reordered()).isEqualTo(2);
    assertThat(verdict.lost()).isZero();
    assertThat(verdict.unannouncedGaps()).isZero();
  }

  @Test
  void what_is_wrong_is_told_in_words() {
    View second = View.of(0, 1);
    second.note("came back");
    second.add(3);
    assertThat(Judge.judge(RoomHistory.of(4, all(4), View.of(0, 1, 2, 3), second)).findings())
        .containsExactly(
            "reader 1 was not shown 1 messages (2 … 2); at 2 of 3, 0 after [came back]: … 0 1"
                + " [came back] >3 …");
  }

  @Test
  void what_comes_late_after_a_gap_is_out_of_order() {
    View whole = View.of(0, 1, 2, 3);
    assertThat(judge(4, all(4), whole, View.of(0, 3, View.GAP, 1, 2)).reordered()).isPositive();
  }

  @Test
  void a_message_that_nobody_said_is_invented() {
    assertThat(judge(2, all(2), View.of(0, 1, 7)).invented()).isEqualTo(1);
  }

  @Test
  void who_does_not_come_back_spoils_it() {
    Verdict clean = judge(2, all(2), View.of(0, 1));
    assertThat(clean.good()).isTrue();
    assertThat(clean.without(1).good()).isFalse();
  }

  @Test
  void rooms_add_up() {
    Verdict sum = judge(1, all(1), View.of(0)).plus(judge(2, all(2), View.of(0)));
    assertThat(sum.acknowledged()).isEqualTo(3);
    assertThat(sum.lost()).isEqualTo(1);
    assertThat(sum.good()).isFalse();
    assertThat(sum)
        .hasToString(
            "acknowledged 3, lost 1, duplicated 0, reordered 0, unannounced gaps 0, invented 0,"
                + " people absent 0 (announced gaps 0)");
  }
}
