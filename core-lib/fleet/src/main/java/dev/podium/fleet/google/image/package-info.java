/// The images of a project of Google's, and the bucket that their archives pass through. Both are
/// asked over JSON alone.
@NullMarked
package dev.podium.fleet.google.image;

import org.jspecify.annotations.NullMarked;
