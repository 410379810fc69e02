package dev.podium.fleet.api.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The lists of entity tags in `If-Match` and `If-None-Match`. Source: RFC 9110, sections 8.8.3.2,
/// 13.1.1 and 13.1.2.
public final class EntityTags {
  private static final String ANY = "*";
  private static final Pattern TAG = Pattern.compile("\\s*(W/)?(\"[^\"]*\")\\s*(?:,|$)");

  private final boolean any;
  private final List<String> strong = new ArrayList<>();
  private final List<String> weak = new ArrayList<>();

  private EntityTags(String header) {
    this.any = header.strip().equals(ANY);
    Matcher tags = TAG.matcher(header);
    while (tags.find()) {
      (tags.group(1) == null ? strong : weak).add(tags.group(2));
    }
  }

  /// @return empty if the header was not sent
  public static Optional<EntityTags> of(Optional<String> header) {
    return header.map(EntityTags::new);
  }

  /// Whether it is among them for a change: a weak tag names no version.
  ///
  /// @param tag with its quotation marks
  public boolean permitChangeOf(String tag) {
    return any || strong.contains(tag);
  }

  /// Whether it is among them for a reader, who has it already.
  ///
  /// @param tag with its quotation marks
  public boolean name(String tag) {
    return any || strong.contains(tag) || weak.contains(tag);
  }
}
