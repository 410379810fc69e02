/// Holds the local cloud against what others say Google's cloud is. Those are Google's discovery
/// documents, requests that Google's own clients were seen to send, and those clients themselves.
///
/// Nothing here uses a class of the local cloud but [dev.podium.localcloud.LocalCloud] and its
/// options. A proof that reads the server's own types would agree with its mistakes. Where a test
/// names an exact status, field or wording, that was measured on the real client or stands in
/// Google's documents. It is never what the local cloud happens to answer.
@NullMarked
package dev.podium.localcloud.conformance;

import org.jspecify.annotations.NullMarked;
