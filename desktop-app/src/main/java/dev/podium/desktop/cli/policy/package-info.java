/// `podium policy`: how large the fleet may be, of what it is made, and when its VMs end.
@NullMarked
package dev.podium.desktop.cli.policy;

import org.jspecify.annotations.NullMarked;
