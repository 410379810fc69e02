package dev.podium.localcloud.compute.list;

import com.fasterxml.jackson.databind.JsonNode;

/// Decides which resources a list shows.
interface Filter {
  /// Shows everything.
  Filter ALL = resource -> true;

  /// Whether the list shows this resource.
  boolean matches(JsonNode resource);
}
