/// The truth of the local cloud: its machines, its messages and who may do what. Here is what all
/// of it shares: the project, the catalog of places, identifiers, time, and how something is
/// refused. The packages below have one part each.
///
/// The JDK only: no protocol, no encoding. The servers beside this package translate between it and
/// their wire, and know of each other only through it.
///
/// Time comes from a [dev.podium.localcloud.state.Timeline], so that a test moves days in a moment.
@NullMarked
package dev.podium.localcloud.state;

import org.jspecify.annotations.NullMarked;
