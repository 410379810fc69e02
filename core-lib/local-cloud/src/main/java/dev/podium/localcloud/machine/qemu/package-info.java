/// Machines that boot a disk image in QEMU, as on Compute Engine: firmware, kernel, systemd, agent.
///
/// Its one rule: the image is the one that Compute Engine imports, and nothing in it knows of QEMU.
/// So what such a machine needs beside a real one comes by its metadata alone.
///
/// The guest's network is QEMU's own (SLIRP). In it the guest is 169.254.2.15 and this computer is
/// 169.254.2.2; the metadata server is at 169.254.169.254, as everywhere. People reach the machine
/// at the port of the loopback that its metadata names, as they reach a process.
@NullMarked
package dev.podium.localcloud.machine.qemu;

import org.jspecify.annotations.NullMarked;
