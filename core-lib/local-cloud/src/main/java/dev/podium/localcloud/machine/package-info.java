/// What a VM really is here: a child process that runs the agent.
///
/// A machine outlives its process. When the process dies by itself, the machine stays on with
/// nothing running in it, as a VM does whose service has crashed. It never outlives the cloud.
/// Three things see to that, because each of them has a case that the others miss:
///
/// 1. [dev.podium.localcloud.machine.ProcessMachines#close] ends every child in order;
/// 2. a reaper process, told every child's id, ends them by force when the cloud's JVM is gone,
///    even after `kill -9` and even frozen ones;
/// 3. every child holds the reading end of a pipe and ends at its end-of-file, where no reaper can
///    run.
@NullMarked
package dev.podium.localcloud.machine;

import org.jspecify.annotations.NullMarked;
