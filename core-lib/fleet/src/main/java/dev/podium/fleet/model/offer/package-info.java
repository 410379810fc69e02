/// What a cloud offers for a VM, has room for, and charges. Plain values; nothing here asks a
/// cloud.
@NullMarked
package dev.podium.fleet.model.offer;

import org.jspecify.annotations.NullMarked;
