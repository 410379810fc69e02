/// `podium instances`: the fleet's VMs.
@NullMarked
package dev.podium.desktop.cli.instance;

import org.jspecify.annotations.NullMarked;
