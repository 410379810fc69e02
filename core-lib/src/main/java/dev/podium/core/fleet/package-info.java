/// The fleet as one server: create, list, destroy, allocate; the policy that decides how many VMs
/// there are.
@NullMarked
package dev.podium.core.fleet;

import org.jspecify.annotations.NullMarked;
