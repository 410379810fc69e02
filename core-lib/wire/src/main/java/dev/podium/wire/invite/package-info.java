/// What a VM needs to check an invite or an access code, with the JDK and Jackson alone.
@NullMarked
package dev.podium.wire.invite;

import org.jspecify.annotations.NullMarked;
