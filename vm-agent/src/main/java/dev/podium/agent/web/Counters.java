package dev.podium.agent.web;

/// What `/metrics` tells. Written on the chat loop only.
final class Counters {
  long connections;
  long admitted;
  long refused;
  long said;
  long acknowledged;
  long shown;
  long delivered;
  long tooSlow;
  long replaced;
  double acknowledgeSeconds;
}
