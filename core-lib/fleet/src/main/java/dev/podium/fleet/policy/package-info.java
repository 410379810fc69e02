/// What an operator configures: how large the fleet may be, of what it is made, what it may cost,
/// and when its VMs end. Drafts are checked here; whatever is in force was a valid draft.
@NullMarked
package dev.podium.fleet.policy;

import org.jspecify.annotations.NullMarked;
