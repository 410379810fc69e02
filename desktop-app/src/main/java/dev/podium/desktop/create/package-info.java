/// New VMs: a form that says what they will cost before the button, then the progress of each.
///
/// Each field is checked by a pure rule as it is typed; what the cloud refuses later is shown at
/// the VM that it refused, and the others go on.
@NullMarked
package dev.podium.desktop.create;

import org.jspecify.annotations.NullMarked;
