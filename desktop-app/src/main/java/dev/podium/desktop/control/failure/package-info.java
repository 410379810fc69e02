/// What went wrong, as a person reads it: in a dialog, or in the place where it was asked for.
///
/// The rule: one sentence for one cause. Commands that were given together fail together.
@NullMarked
package dev.podium.desktop.control.failure;

import org.jspecify.annotations.NullMarked;
