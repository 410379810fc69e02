/// What was left in the cloud: a notice after the start, and a list to look at and to clean from.
///
/// VMs are only told here; what ends one is for the health rules.
@NullMarked
package dev.podium.desktop.leaks;

import org.jspecify.annotations.NullMarked;
