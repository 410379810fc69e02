package dev.podium.localcloud.state.messaging;

import dev.podium.localcloud.state.messaging.delivery.Backlog;
import dev.podium.localcloud.state.messaging.log.MemoryBudget;
import dev.podium.localcloud.state.messaging.log.MessageLog;
import dev.podium.localcloud.state.messaging.model.TopicMessage;
import dev.podium.localcloud.state.messaging.model.TopicSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A topic, its log, and who holds that log's new messages. Guarded by the lock of [Messaging].
final class Topic {
  final String name;
  final MessageLog log;
  final Map<String, Backlog> subscriptions = new TreeMap<>();
  final Map<String, Snapshot> snapshots = new TreeMap<>();
  TopicSettings settings;

  Topic(String name, TopicSettings settings, MemoryBudget budget) {
    this.name = name;
    this.settings = settings;
    this.log = new MessageLog(budget);
  }

  void append(TopicMessage message) {
    log.append(message, subscriptions.size() + snapshots.size(), settings.retention().isPresent());
  }

  void forgetOld(Instant now) {
    log.retain(settings.retention(), now);
  }

  List<String> subscriptionNames() {
    return List.copyOf(subscriptions.keySet());
  }
}
