/// What people may call themselves: which characters a name keeps, and which names look alike.
///
/// The rule of this package: it knows Unicode and nothing of Podium. All is pure, needs the JDK
/// alone, and may be called from any thread.
///
/// The table of look-alikes beside this package is Unicode's, under the licence that lies there.
@NullMarked
package dev.podium.wire.name;

import org.jspecify.annotations.NullMarked;
