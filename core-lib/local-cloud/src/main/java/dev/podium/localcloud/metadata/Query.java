package dev.podium.localcloud.metadata;

import com.linecorp.armeria.common.QueryParams;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a request's parameters ask for. Values that make no sense are as if they were not there.
///
/// @param json whether `alt=json` was asked for
/// @param text whether `alt=text` was asked for
/// @param awaited whether to answer only when the answer has changed
/// @param lastEtag what the caller has seen
/// @param timeout after which the present answer is given
/// @param full whether an identity token tells of the machine
record Query(
    boolean recursive,
    boolean json,
    boolean text,
    boolean awaited,
    Optional<String> lastEtag,
    Duration timeout,
    List<String> scopes,
    Optional<String> audience,
    boolean full) {

  /// For a wait without a limit: longer than any connection lasts.
  private static final Duration LONGEST = Duration.ofHours(1);

  static Query of(QueryParams parameters) {
    return new Query(
        parameters.get("recursive", "false").equalsIgnoreCase("true"),
        parameters.get("alt", "").equals("json"),
        parameters.get("alt", "").equals("text"),
        parameters.get("wait_for_change", "false").equalsIgnoreCase("true"),
        Optional.ofNullable(parameters.get("last_etag")).filter(etag -> !etag.isEmpty()),
        timeout(parameters.get("timeout_sec", "")),
        List.of(parameters.get("scopes", "").split(",", -1)).stream()
            .filter(scope -> !scope.isBlank())
            .map(String::strip)
            .toList(),
        Optional.ofNullable(parameters.get("audience")).filter(text -> !text.isEmpty()),
        parameters.get("format", "standard").equals("full"));
  }

  private static Duration timeout(String seconds) {
    return seconds.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : LONGEST;
  }
}
