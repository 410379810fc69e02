/// The built program, run as a user runs it: real processes, real ports, a real browser. What is
/// tested is `target/podium/bin/podium`, so these tests run after it was assembled.
@NullMarked
package dev.podium.desktop.e2e;

import org.jspecify.annotations.NullMarked;
