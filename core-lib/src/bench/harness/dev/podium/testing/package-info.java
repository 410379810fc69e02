/// What every module's tests share.
@NullMarked
package dev.podium.testing;

import org.jspecify.annotations.NullMarked;
