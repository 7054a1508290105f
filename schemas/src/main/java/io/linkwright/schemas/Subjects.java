package io.linkwright.schemas;

/** Names of subjects: Confluent's TopicNameStrategy. */
final class Subjects {
  private static final String VALUE_SUFFIX = "-value";

  private Subjects() {}

  static String ofValue(String topic) {
    return topic + VALUE_SUFFIX;
  }
}
