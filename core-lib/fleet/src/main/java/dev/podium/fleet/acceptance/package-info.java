/// The acceptance run: one small fleet in a real project, by which a user proves that every promise
/// holds there which only the real cloud can show. It costs cents, and leaves nothing.
///
/// Its one rule: whatever it makes carries the label of one fleet, [AcceptanceRun#FLEET], and a VM
/// of it ends by itself. So what a run that was killed left is found and removed by the next.
@NullMarked
package dev.podium.fleet.acceptance;

import org.jspecify.annotations.NullMarked;
