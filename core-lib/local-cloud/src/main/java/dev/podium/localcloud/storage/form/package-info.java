/// How Cloud Storage writes: requests, answers, refusals, pages and ranges. It knows no bucket's
/// state but what it is given.
@NullMarked
package dev.podium.localcloud.storage.form;

import org.jspecify.annotations.NullMarked;
