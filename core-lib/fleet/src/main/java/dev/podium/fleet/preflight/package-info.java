/// The pre-flight: a list of checks of a project before a fleet is made in it, each with what was
/// found, what to do, and, where the cloud allows one, a fix.
///
/// The one rule: nothing is changed in the project unless somebody asks for a fix, or for the trial
/// message.
@NullMarked
package dev.podium.fleet.preflight;

import org.jspecify.annotations.NullMarked;
