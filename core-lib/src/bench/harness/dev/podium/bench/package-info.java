/// The frame of every benchmark: a [dev.podium.bench.Race] lets Podium and its peers take turns,
/// and prints what each reached beside the other. [dev.podium.bench.Benches] starts the programs.
/// How to add one is told in CONTRIBUTING.
@NullMarked
package dev.podium.bench;

import org.jspecify.annotations.NullMarked;
