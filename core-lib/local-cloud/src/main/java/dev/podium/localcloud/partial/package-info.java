/// Partial responses: the parameter `fields`, which Google's servers know on every method. Its one
/// rule is that it changes what is written and never what is done.
@NullMarked
package dev.podium.localcloud.partial;

import org.jspecify.annotations.NullMarked;
