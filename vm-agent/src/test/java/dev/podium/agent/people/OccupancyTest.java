package dev.podium.agent.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podium.agent.room.Page;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which page goes when a person has opened too many.
class OccupancyTest {
  private final Occupancy occupancy = new Occupancy();

  private static Seat seat(Page page) {
    return new Seat("p", "Ann", "lobby", page);
  }

  private Optional<Seat> open(Page page) {
    return occupancy.add(seat(page));
  }

  @Test
  void a_page_that_comes_again_and_again_replaces_its_own_dead_connection_and_no_live_page() {
    Page laptop = new Page("laptop", 1);
    open(laptop);
    Page first = new Page("phone", 10);
    open(first);
    for (int again = 1; again < Occupancy.CONNECTIONS_PER_PERSON - 1; again++) {
      assertThat(open(new Page("phone", 10 + again))).isEmpty();
    }
    assertThat(open(new Page("phone", 20))).contains(seat(first));
  }

  @Test
  void among_pages_that_say_nothing_of_themselves_the_one_unheard_for_longest_goes() {
    open(new Page("", 5));
    Page silent = new Page("", 2);
    open(silent);
    open(new Page("", 3));
    open(new Page("tab", 4));
    open(new Page("other", 6));
    assertThat(open(new Page("", 7))).contains(seat(silent));
  }
}
