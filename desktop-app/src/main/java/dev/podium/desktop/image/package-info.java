/// The card of the VM image: which one new VMs are made from, which there are, and how another
/// comes.
@NullMarked
package dev.podium.desktop.image;

import org.jspecify.annotations.NullMarked;
