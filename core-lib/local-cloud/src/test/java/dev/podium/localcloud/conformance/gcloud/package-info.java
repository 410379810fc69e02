/// Google's own command line, where it is installed, at work on the local cloud. Each command is a
/// process of its own and costs two seconds of a processor. So two run at a time where one does not
/// need the other.
@NullMarked
package dev.podium.localcloud.conformance.gcloud;

import org.jspecify.annotations.NullMarked;
