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
  long expelled;
  long putOff;
  long behind;
  long congested;
  final Histogram acknowledgeSeconds =
      new Histogram(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30);

  void acknowledged(long nanos) {
    acknowledged++;
    acknowledgeSeconds.observe(nanos / 1e9);
  }
}
