/// What strangers can send, thrown at the code that reads it: frames, invites, access codes,
/// metadata and the bus's messages.
///
/// A target is a class with `fuzzerTestOneInput(byte[])`, as Jazzer wants it; it throws where a
/// promise is broken. `FuzzTest` throws a few ten thousand inputs at each with every build; `./mvnw
/// -Pfuzz verify` lets Jazzer, which watches what code an input reaches, throw ten million.
@NullMarked
package dev.podium.agent.fuzz;

import org.jspecify.annotations.NullMarked;
