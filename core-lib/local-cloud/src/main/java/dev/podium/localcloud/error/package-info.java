/// Google's error envelope, and how a server refuses what never reaches one of its methods. Those
/// are unknown paths and verbs, bodies that are too large, and requests that break HTTP.
///
/// [HostCheck] says which names and pages a request may come by.
///
/// All servers use it, so that no client ever meets a page or a text that Google would not send.
@NullMarked
package dev.podium.localcloud.error;

import org.jspecify.annotations.NullMarked;
