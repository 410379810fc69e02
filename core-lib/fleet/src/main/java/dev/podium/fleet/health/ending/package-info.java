/// How a VM ends for its health. The fleet as a whole must permit it ([EndRules]), the consoles
/// agree by claims, and a last look at the VM must confirm it ([LastLook]). Only then does
/// [VmEnding] ask for the deletion.
@NullMarked
package dev.podium.fleet.health.ending;

import org.jspecify.annotations.NullMarked;
