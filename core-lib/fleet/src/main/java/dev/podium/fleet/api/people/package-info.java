/// The routes about people: who may come, where they find a seat, who is here, and who must go. Its
/// one rule is that people are named by ids alone; their names are for reading.
@NullMarked
package dev.podium.fleet.api.people;

import org.jspecify.annotations.NullMarked;
