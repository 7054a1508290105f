package io.linkwright.schemas;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.DELETE_RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Holds the topics of a cluster against what Linkwright needs. What would lose records or split
 * groups is refused. What only makes an installation weaker than it could be is told.
 */
final class TopicCheck {
  private static final String UNLIMITED = "-1";

  /** Copies from which on one broker may be lost and everything goes on. */
  private static final int ENOUGH_COPIES = 3;

  private final Admin admin;

  TopicCheck(Admin admin) {
    this.admin = admin;
  }

  /**
   * Looks at the topics, and at those that Kafka Streams has made beside them.
   *
   * @return for people: what is no reason not to start
   * @throws TopicMismatchException if one is missing or not as it must be
   */
  List<String> run(List<TopicDescriptor> topics) {
    Collection<String> existing = AdminAnswers.await(admin.listTopics().names());
    List<String> missing =
        topics.stream()
            .map(TopicDescriptor::name)
            .filter(name -> !existing.contains(name))
            .toList();
    if (!missing.isEmpty()) {
      throw new TopicMismatchException(
          "topics %s do not exist; --create-topics creates them at the first start"
              .formatted(missing));
    }
    List<String> names = new ArrayList<>(topics.stream().map(TopicDescriptor::name).toList());
    if (existing.contains(LinkwrightTopics.VIEW_CHANGELOG)) {
      names.add(LinkwrightTopics.VIEW_CHANGELOG);
    }
    Map<String, TopicDescription> descriptions =
        AdminAnswers.await(admin.describeTopics(names).allTopicNames());
    requireSamePartitions(descriptions);
    Map<String, Config> configs = configs(names);
    List<String> doubts = new ArrayList<>();
    for (TopicDescriptor topic : topics) {
      requireKept(topic, configs.get(topic.name()));
      doubts.addAll(shorterKept(topic, configs.get(topic.name())));
    }
    doubts.addAll(weakCopies(descriptions, configs));
    return doubts;
  }

  /**
   * A group is in the same partition of each, and the view's changelog remembers how many there
   * were when the view was first made: partitions that were added later would split groups in two.
   */
  private static void requireSamePartitions(Map<String, TopicDescription> descriptions) {
    Map<String, Integer> counts = new HashMap<>();
    descriptions.forEach((name, topic) -> counts.put(name, topic.partitions().size()));
    int expected =
        counts.getOrDefault(
            LinkwrightTopics.VIEW_CHANGELOG, counts.get(LinkwrightTopics.EVENTS.name()));
    counts.forEach(
        (name, actual) -> {
          if (actual != expected) {
            throw new TopicMismatchException(
                "topic %s has %d partitions instead of %d; their number cannot change, because a group's history stays in one partition. If partitions were added, nothing may be written any more: restore the topics as they were"
                    .formatted(name, actual, expected));
          }
        });
  }

  /**
   * An operator may tune a topic, but not so that it loses what it is there to keep: a topic that a
   * broker created by itself deletes its records after a week.
   */
  private static void requireKept(TopicDescriptor topic, Config actual) {
    requireSame(topic, actual, CLEANUP_POLICY_CONFIG);
    for (String retention : List.of(RETENTION_MS_CONFIG, RETENTION_BYTES_CONFIG)) {
      if (UNLIMITED.equals(topic.configs().get(retention))) {
        requireSame(topic, actual, retention);
      }
    }
    String largest = topic.configs().get(MAX_MESSAGE_BYTES_CONFIG);
    if (largest != null && number(actual, MAX_MESSAGE_BYTES_CONFIG) < Long.parseLong(largest)) {
      throw new TopicMismatchException(
          "topic %s has %s=%s, and legal records may have %s bytes: start once with --create-topics, or raise it with kafka-configs --alter --entity-type topics --entity-name %s --add-config %s=%s"
              .formatted(
                  topic.name(),
                  MAX_MESSAGE_BYTES_CONFIG,
                  actual.get(MAX_MESSAGE_BYTES_CONFIG).value(),
                  largest,
                  topic.name(),
                  MAX_MESSAGE_BYTES_CONFIG,
                  largest));
    }
  }

  private static void requireSame(TopicDescriptor topic, Config config, String key) {
    String expected = topic.configs().get(key);
    String actual = config.get(key).value();
    if (!actual.equals(expected)) {
      throw new TopicMismatchException(
          "topic %s has %s=%s instead of %s and would lose records"
              .formatted(topic.name(), key, actual, expected));
    }
  }

  /** A reader that is away for longer than tombstones are kept has to begin anew. */
  private static List<String> shorterKept(TopicDescriptor topic, Config actual) {
    String expected = topic.configs().get(DELETE_RETENTION_MS_CONFIG);
    return expected == null
            || number(actual, DELETE_RETENTION_MS_CONFIG) >= Long.parseLong(expected)
        ? List.of()
        : List.of(
            "topic %s has %s=%s instead of %s"
                .formatted(
                    topic.name(),
                    DELETE_RETENTION_MS_CONFIG,
                    actual.get(DELETE_RETENTION_MS_CONFIG).value(),
                    expected));
  }

  private List<String> weakCopies(
      Map<String, TopicDescription> descriptions, Map<String, Config> configs) {
    int brokers = LinkwrightTopics.brokers(admin);
    List<String> doubts = new ArrayList<>();
    if (brokers < ENOUGH_COPIES) {
      return doubts;
    }
    descriptions.forEach(
        (name, topic) -> {
          int copies =
              topic.partitions().stream().mapToInt(one -> one.replicas().size()).min().orElse(0);
          long required = number(configs.get(name), MIN_IN_SYNC_REPLICAS_CONFIG);
          if (copies < ENOUGH_COPIES) {
            doubts.add(
                "topic %s has %d copies on %d brokers: with one broker dead, some of its partitions stand still"
                    .formatted(name, copies, brokers));
          } else if (required >= copies) {
            doubts.add(
                "topic %s has %s=%d with %d copies: with one broker dead, nothing can be written"
                    .formatted(name, MIN_IN_SYNC_REPLICAS_CONFIG, required, copies));
          } else if (required < 2) {
            doubts.add(
                "topic %s has %s=%d: what one broker alone has acknowledged is lost with it"
                    .formatted(name, MIN_IN_SYNC_REPLICAS_CONFIG, required));
          }
        });
    return doubts;
  }

  private Map<String, Config> configs(List<String> names) {
    List<ConfigResource> resources =
        names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<String, Config> byName = new HashMap<>();
    AdminAnswers.await(admin.describeConfigs(resources).all())
        .forEach((resource, config) -> byName.put(resource.name(), config));
    return byName;
  }

  private static long number(Config config, String key) {
    return Long.parseLong(config.get(key).value());
  }
}
