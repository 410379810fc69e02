/// The page on which a person sets the fleet's policy. It says how many VMs there are, of which
/// kind, what they may cost and when they end. Nothing is in force before it is saved.
@NullMarked
package dev.podium.desktop.policy;

import org.jspecify.annotations.NullMarked;
