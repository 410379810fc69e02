/// The service on every VM: wiring and ordered shutdown.
@NullMarked
package dev.podium.agent;

import org.jspecify.annotations.NullMarked;
