/// The page on which a person sets by what the fleet is run: its size, what it is made of, what it
/// may cost, and when its VMs end. Nothing is in force before it is saved.
@NullMarked
package dev.podium.desktop.policy;

import org.jspecify.annotations.NullMarked;
