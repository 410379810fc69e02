/// The truth of the local cloud: its machines, its messages and who may do what. The JDK only: no
/// protocol, no encoding. The servers beside this package translate between it and their wire, and
/// know of each other only through it.
///
/// Time comes from an injected [java.time.InstantSource], so that a test moves days in a moment.
@NullMarked
package dev.podium.localcloud.state;

import org.jspecify.annotations.NullMarked;
