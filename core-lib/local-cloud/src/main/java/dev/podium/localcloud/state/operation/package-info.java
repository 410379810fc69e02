/// Operations: what the cloud does and takes time for, and why it may fail.
@NullMarked
package dev.podium.localcloud.state.operation;

import org.jspecify.annotations.NullMarked;
