/// How sentences speak of lengths of time and of counts: each form is here once, under a name that
/// says when it is meant. Needs the JDK alone.
@NullMarked
package dev.podium.wire.text;

import org.jspecify.annotations.NullMarked;
