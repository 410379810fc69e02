/// The VM image: opens what is done with those of a project, and finds what is needed to make one.
@NullMarked
package dev.podium.desktop.program.image;

import org.jspecify.annotations.NullMarked;
