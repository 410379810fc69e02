/// Lists: filtered in either of Compute Engine's grammars, ordered, in pages.
@NullMarked
package dev.podium.localcloud.compute.list;

import org.jspecify.annotations.NullMarked;
