/// `podium image`: the disk image that VMs boot from. Each command asks the project itself and
/// needs no console.
@NullMarked
package dev.podium.desktop.cli.image;

import org.jspecify.annotations.NullMarked;
